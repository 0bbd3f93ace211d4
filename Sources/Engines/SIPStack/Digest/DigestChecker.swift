import Crypto
package import SIPWire

/// The server's side of digest authentication (RFC 7616, RFC 8760, RFC 3261 section 22) as a value: makes challenges and checks
/// what comes back. Nonces carry their own proof; what is remembered is how often each was used, so that nothing can be replayed.
package struct DigestChecker: Sendable {
    /// What credentials are worth.
    package enum Verdict: Sendable, Equatable {
        /// They prove who asks.
        case accepted
        /// Their nonce is not ours, too old, or used before: the peer may try again with a new one. The password was not looked at.
        case stale
        /// They are for something else: another realm, request, algorithm, or without protection against replay.
        case unusable
        /// The password is wrong.
        case wrong
    }

    /// Characters of a client's nonce that are looked at.
    private static let longestCnonce = 256

    private let key: SymmetricKey
    private let schemes: [DigestScheme]
    private let lifetime: Duration
    private let limit: Int
    /// The highest count of each nonce.
    private var counts: [DigestNonce: UInt32] = [:]
    /// Nonces up to here have been forgotten, and so must not be used again. Milliseconds.
    private var forgotten: UInt64 = 0

    /// Makes a checker with a key of its own.
    ///
    /// - Parameters:
    ///   - schemes: what peers are challenged with, in the order of the challenges.
    ///   - lifetime: how long a nonce may be used. Default 5 minutes.
    ///   - limit: nonces remembered at once; beyond it the older half is refused before its time. Default 10,000.
    package init(
        schemes: [DigestScheme] = [.sha256, .md5],
        lifetime: Duration = .seconds(300),
        limit: Int = 10_000
    ) {
        key = SymmetricKey(size: .bits256)
        self.schemes = schemes
        self.lifetime = lifetime
        self.limit = limit
    }

    /// Challenges for a peer, the preferred one first, all with one nonce.
    ///
    /// - Parameters:
    ///   - source: the address of the peer, the only one that may use the nonce.
    ///   - now: steady time since any moment, the same for all uses of this checker.
    package func challenges(realm: String, source: String, isStale: Bool, at now: Duration) -> [DigestChallenge] {
        let nonce = DigestNonce(issued: Self.milliseconds(now), salt: .random(in: .min ... .max))
        let text = nonce.text(source: source, key: key)
        return schemes.map {
            DigestChallenge(realm: realm, nonce: text, algorithm: $0.rawValue, isStale: isStale)
        }
    }

    /// Checks the credentials of a request.
    ///
    /// - Parameters:
    ///   - secret: of the account that they name; for an account that does not exist, of any other.
    ///   - source, now: as above.
    package mutating func check(
        _ credentials: DigestCredentials,
        of request: SIPRequest,
        realm: String,
        secret: DigestHashes,
        source: String,
        at now: Duration
    ) -> Verdict {
        guard let nonce = DigestNonce(credentials.nonce, source: source, key: key), isFresh(nonce, at: now) else {
            return .stale
        }
        guard let scheme = schemes.first(where: { $0.rawValue == credentials.algorithm.uppercased() }),
            credentials.realm == realm, credentials.qualityOfProtection == "auth",
            let cnonce = credentials.cnonce, (1...Self.longestCnonce).contains(cnonce.utf8.count),
            let count = Self.count(credentials.nonceCount), Self.isFor(credentials.uri, request.uri)
        else { return .unusable }
        let expected = Self.response(to: credentials, cnonce, request.method, scheme, secret)
        guard Self.areEqual(expected, credentials.response.lowercased()) else { return .wrong }
        // Only now: nobody else can use up the counts of a nonce that they have seen.
        guard count > counts[nonce] ?? 0 else { return .stale }
        remember(nonce, count)
        return .accepted
    }

    private func isFresh(_ nonce: DigestNonce, at now: Duration) -> Bool {
        let age = Self.milliseconds(now).subtractingReportingOverflow(nonce.issued)
        return !age.overflow && age.partialValue <= Self.milliseconds(lifetime) && nonce.issued >= forgotten
    }

    private mutating func remember(_ nonce: DigestNonce, _ count: UInt32) {
        if counts[nonce] == nil, counts.count >= limit {
            let moments = counts.keys.map(\.issued).sorted()
            forgotten = moments[moments.count / 2] + 1
            counts = counts.filter { $0.key.issued >= forgotten }
        }
        counts[nonce] = count
    }

    /// The response of RFC 7616 section 3.4.1 with the quality of protection `auth`.
    private static func response(
        to credentials: DigestCredentials,
        _ cnonce: String,
        _ method: SIPMethod,
        _ scheme: DigestScheme,
        _ secret: DigestHashes
    ) -> String {
        let action = scheme.algorithm.hash("\(method.rawValue):\(credentials.uri)")
        let nonceCount = credentials.nonceCount ?? ""
        return scheme.algorithm.hash("\(secret[scheme]):\(credentials.nonce):\(nonceCount):\(cnonce):auth:\(action)")
    }

    /// `nc`: eight hexadecimal digits, from 1.
    private static func count(_ text: String?) -> UInt32? {
        guard let text, text.utf8.count == 8, text.first != "+", let count = UInt32(text, radix: 16), count > 0 else {
            return nil
        }
        return count
    }

    /// Whether a digest was made for a request. A proxy on the way may have changed ports and parameters.
    private static func isFor(_ text: String, _ uri: SIPURI) -> Bool {
        if text == uri.text { return true }
        guard let named = SIPURI(text) else { return false }
        return named.user == uri.user && named.host.lowercased() == uri.host.lowercased()
    }

    /// In a time that does not tell where they differ.
    private static func areEqual(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func milliseconds(_ duration: Duration) -> UInt64 {
        UInt64(clamping: duration.nanoseconds / 1_000_000)
    }
}
