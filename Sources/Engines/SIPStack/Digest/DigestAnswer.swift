import Crypto
import SIPWire

/// Computes answers to challenges (RFC 7616 section 3.4, algorithms of RFC 8760).
enum DigestAnswer {
    /// Credentials for a request, or nil for an algorithm we do not know.
    ///
    /// - Parameters:
    ///   - count: how often this nonce is used, from 1.
    ///   - cnonce: our own random text.
    static func credentials(
        _ challenge: DigestChallenge,
        _ account: DigestAccount,
        method: SIPMethod,
        uri: String,
        count: Int,
        cnonce: String
    ) -> DigestCredentials? {
        guard let algorithm = DigestAlgorithm(challenge.algorithm) else { return nil }
        var secret = algorithm.hash("\(account.username):\(challenge.realm):\(account.password)")
        if algorithm.isSession { secret = algorithm.hash("\(secret):\(challenge.nonce):\(cnonce)") }
        let action = algorithm.hash("\(method.rawValue):\(uri)")
        let hex = String(count, radix: 16)
        let nonceCount = String(repeating: "0", count: max(0, 8 - hex.count)) + hex
        let response =
            challenge.offersAuth
            ? algorithm.hash("\(secret):\(challenge.nonce):\(nonceCount):\(cnonce):auth:\(action)")
            : algorithm.hash("\(secret):\(challenge.nonce):\(action)")
        var credentials = DigestCredentials(
            username: account.username,
            realm: challenge.realm,
            nonce: challenge.nonce,
            uri: uri,
            response: response,
            algorithm: challenge.algorithm
        )
        credentials.opaque = challenge.opaque
        if challenge.offersAuth || algorithm.isSession {
            credentials.cnonce = cnonce
            credentials.nonceCount = nonceCount
            credentials.qualityOfProtection = "auth"
        }
        return credentials
    }

    /// The strongest challenge that we can answer: SHA-256 before MD5 (RFC 8760 section 2.4).
    static func strongest(_ challenges: [DigestChallenge]) -> DigestChallenge? {
        let known = challenges.compactMap { challenge in DigestAlgorithm(challenge.algorithm).map { ($0, challenge) } }
        return known.max { $0.0.strength < $1.0.strength }?.1
    }
}
