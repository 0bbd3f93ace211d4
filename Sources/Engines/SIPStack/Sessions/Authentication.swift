import SIPWire

/// What is known of a peer's challenges. A nonce is tried once; a fresh one, or a stale one's successor, may be tried again.
struct Authentication {
    private var tried: Set<String> = []

    /// Adds credentials for the challenge of a 401 or 407; false when it cannot be answered or has been in vain.
    mutating func answer(
        _ response: SIPResponse,
        account: DigestAccount?,
        cnonce: String,
        on request: inout SIPRequest
    ) -> Bool {
        let isProxy = response.status == 407
        let header: SIPHeaderName = isProxy ? .proxyAuthenticate : .wwwAuthenticate
        let challenges = response.headers.all(header).compactMap { DigestChallenge($0) }
        guard let account, let challenge = DigestAnswer.strongest(challenges) else { return false }
        guard tried.isEmpty || challenge.isStale, tried.count < 3, tried.insert(challenge.nonce).inserted else {
            return false
        }
        let credentials = DigestAnswer.credentials(
            challenge,
            account,
            method: request.method,
            uri: request.uri.text,
            count: 1,
            cnonce: cnonce
        )
        guard let credentials else { return false }
        request.headers.set(isProxy ? .proxyAuthorization : .authorization, credentials.text)
        return true
    }
}
