import SIPStack
import SIPWire
import Testing

/// The server's side of digests, as traces: a challenge, what comes back, and what it is worth.
@Suite struct DigestCheckerTests {
    static let account = DigestAccount(username: "uhouse", password: "open, \"sesame\"")
    static let realm = "018f-realm"
    static let source = "192.0.2.7"
    static let secret = DigestHashes(account, realm: realm)

    /// A peer that answers challenges as RFC 7616 says; its hashes are those that `DigestTests` proves.
    struct Peer {
        var account = DigestCheckerTests.account
        var uri = "sip:sautikit.example"
        var method = SIPMethod.register

        func request() -> SIPRequest {
            SIPRequest(method: method, uri: SIPURI(uri) ?? SIPURI(host: "invalid"))
        }

        func answer(_ challenge: DigestChallenge, count: Int = 1) throws -> DigestCredentials {
            let credentials = DigestProof.credentials(
                challenge,
                account,
                method: method,
                uri: uri,
                count: count
            )
            // As it is read from the wire.
            return try #require(DigestCredentials(credentials.text))
        }
    }

    private static func challenge(
        _ checker: DigestChecker,
        _ scheme: DigestScheme = .sha256,
        at now: Duration = .zero
    ) throws -> DigestChallenge {
        let challenges = checker.challenges(realm: realm, source: source, isStale: false, at: now)
        return try #require(challenges.first { $0.algorithm == scheme.rawValue })
    }

    private static func check(
        _ checker: inout DigestChecker,
        _ credentials: DigestCredentials,
        _ peer: Peer = Peer(),
        source: String = source,
        at now: Duration = .seconds(1)
    ) -> DigestChecker.Verdict {
        checker.check(
            credentials,
            of: peer.request(),
            realm: realm,
            secret: secret,
            source: source,
            at: now
        )
    }

    @Test func theStrongerChallengeComesFirstAndBothAreReadable() throws {
        let checker = DigestChecker()
        let challenges = checker.challenges(realm: "a \"b\"", source: Self.source, isStale: true, at: .zero)
        #expect(challenges.map(\.algorithm) == ["SHA-256", "MD5"])
        #expect(Set(challenges.map(\.nonce)).count == 1)
        for challenge in challenges {
            let read = try #require(DigestChallenge(challenge.text))
            #expect(read == challenge && read.offersAuth && read.isStale && read.realm == "a \"b\"")
        }
        #expect(
            DigestChecker(schemes: [.md5]).challenges(realm: "r", source: "s", isStale: false, at: .zero).count == 1
        )
    }

    @Test(arguments: DigestScheme.allCases) func theRightPasswordIsAccepted(scheme: DigestScheme) throws {
        var checker = DigestChecker()
        let peer = Peer()
        let challenge = try Self.challenge(checker, scheme)
        #expect(Self.check(&checker, try peer.answer(challenge)) == .accepted)
        // The same nonce serves again, counted up.
        #expect(Self.check(&checker, try peer.answer(challenge, count: 2)) == .accepted)
        #expect(Self.check(&checker, try peer.answer(challenge, count: 7)) == .accepted)
    }

    @Test func nothingIsReplayed() throws {
        var checker = DigestChecker()
        let peer = Peer()
        let challenge = try Self.challenge(checker)
        let credentials = try peer.answer(challenge, count: 3)
        #expect(Self.check(&checker, credentials) == .accepted)
        #expect(Self.check(&checker, credentials) == .stale)
        #expect(Self.check(&checker, try peer.answer(challenge, count: 2)) == .stale)
        // For another request it is worth nothing.
        let other = Peer(uri: "sip:+254712345678@sautikit.example", method: .invite)
        #expect(Self.check(&checker, try peer.answer(challenge, count: 4), other) == .unusable)
    }

    @Test func aWrongPasswordIsWrongAndUsesUpNothing() throws {
        var checker = DigestChecker()
        let thief = Peer(account: DigestAccount(username: "uhouse", password: "guess"))
        let challenge = try Self.challenge(checker)
        for count in 1...5 { #expect(Self.check(&checker, try thief.answer(challenge, count: count)) == .wrong) }
        #expect(Self.check(&checker, try Peer().answer(challenge)) == .accepted)
    }

    @Test func aNonceIsOneOfOursForOneSourceAndAWhile() throws {
        var checker = DigestChecker(lifetime: .seconds(60))
        let peer = Peer()
        let challenge = try Self.challenge(checker)
        #expect(Self.check(&checker, try peer.answer(challenge), source: "192.0.2.8") == .stale)
        #expect(Self.check(&checker, try peer.answer(challenge), at: .seconds(60)) == .accepted)
        #expect(Self.check(&checker, try peer.answer(challenge, count: 2), at: .milliseconds(60_001)) == .stale)
        let stranger = try Self.challenge(DigestChecker())
        #expect(Self.check(&checker, try peer.answer(stranger)) == .stale)
        for nonce in [
            "", "0", String(repeating: "+", count: 96), String(repeating: "f", count: 96), challenge.nonce + "0",
        ] {
            let made = DigestChallenge(realm: Self.realm, nonce: nonce, algorithm: "MD5")
            #expect(Self.check(&checker, try peer.answer(made)) == .stale)
        }
        // From the future: a clock that goes backwards must not keep a nonce alive.
        let late = try Self.challenge(checker, at: .seconds(10))
        #expect(Self.check(&checker, try peer.answer(late), at: .seconds(9)) == .stale)
    }

    @Test func whatDoesNotProtectIsNotLookedAt() throws {
        var checker = DigestChecker(schemes: [.md5])
        let peer = Peer()
        let challenge = try Self.challenge(checker, .md5)
        let good = try peer.answer(challenge)
        let changes: [(String, String)] = [
            (", qop=auth", ""), ("qop=auth", "qop=auth-int"), ("nc=00000001", "nc=1"), ("nc=00000001", "nc=00000000"),
            ("nc=00000001", "nc=+0000001"), ("algorithm=MD5", "algorithm=SHA-256"),
            ("algorithm=MD5", "algorithm=MD5-sess"), ("realm=\"018f-realm\"", "realm=\"other\""),
            ("uri=\"sip:sautikit.example\"", "uri=\"sip:elsewhere.example\""), ("cnonce=\"c0ffee\"", "cnonce=\"\""),
        ]
        for (part, other) in changes {
            let text = good.text.replacing(part, with: other)
            #expect(text != good.text)
            let changed = try #require(DigestCredentials(text))
            #expect(Self.check(&checker, changed) == .unusable, "\(part) -> \(other)")
        }
        #expect(Self.check(&checker, good) == .accepted)
    }

    @Test func memoryIsBoundedAndForgettingAllowsNoReplay() throws {
        var checker = DigestChecker(limit: 4)
        let peer = Peer()
        var used: [DigestCredentials] = []
        for second in 0..<20 {
            let challenge = try Self.challenge(checker, at: .seconds(second))
            let credentials = try peer.answer(challenge)
            #expect(Self.check(&checker, credentials, at: .seconds(second)) == .accepted)
            used.append(credentials)
        }
        for credentials in used { #expect(Self.check(&checker, credentials, at: .seconds(20)) == .stale) }
    }
}
