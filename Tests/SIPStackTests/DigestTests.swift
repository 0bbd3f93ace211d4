import Crypto
import SIPStack
import SIPWire
import TestSupport
import Testing

/// Trunks that want to know who calls (RFC 3261 section 22, RFC 7616, RFC 8760). The hashes are computed anew here.
@Suite(.timeLimit(.minutes(1))) struct DigestTests {
    static let account = DigestAccount(username: "sauti", password: "s3cret, \"q\"")

    @Test(arguments: [401, 407], ["MD5", "SHA-256", "MD5-sess", "SHA-256-sess"])
    func aChallengeIsAnswered(status: Int, algorithm: String) async throws {
        let peer = try await RawSIPPeer { request in
            guard request.method == .invite else { return [] }
            guard let credentials = Self.credentials(request, status) else {
                return [Self.challenge(status, request, #"algorithm=\#(algorithm), qop="auth,auth-int", opaque="o1""#)]
            }
            let isRight = credentials.algorithm == algorithm && credentials.opaque == "o1"
            return [RawSIPPeer.response(isRight && Self.proves(credentials) ? 486 : 403, to: request)]
        }
        #expect(try await Self.call(peer) == .status(486, q850: nil))
        let numbers = Set(peer.requests.filter { $0.method == .invite }.compactMap { $0.headers.cseq?.number })
        let branches = Set(peer.requests.filter { $0.method == .invite }.compactMap { $0.headers.topVia?.branch })
        #expect(numbers.count == 2 && branches.count == 2)
        #expect(Set(peer.requests.compactMap(\.headers.callID)).count == 1)
    }

    /// RFC 2069, still spoken by old gateways.
    @Test func aChallengeWithoutQualityIsAnsweredTheOldWay() async throws {
        let peer = try await RawSIPPeer { request in
            guard request.method == .invite else { return [] }
            guard let credentials = Self.credentials(request, 401) else { return [Self.challenge(401, request, "")] }
            let isOld = credentials.cnonce == nil && credentials.nonceCount == nil
            return [RawSIPPeer.response(isOld && Self.proves(credentials) ? 486 : 403, to: request)]
        }
        #expect(try await Self.call(peer) == .status(486, q850: nil))
    }

    @Test func theStrongerOfTwoChallengesIsAnswered() async throws {
        let peer = try await RawSIPPeer { request in
            guard request.method == .invite else { return [] }
            guard let credentials = Self.credentials(request, 401) else {
                var response = request.response(401, toTag: "t")
                for algorithm in ["MD5", "SHA-512-256", "SHA-256"] {
                    response.headers.add(
                        .wwwAuthenticate,
                        #"Digest realm="ke", nonce="n1", qop="auth", algorithm=\#(algorithm)"#
                    )
                }
                return [response.bytes]
            }
            return [RawSIPPeer.response(credentials.algorithm == "SHA-256" ? 486 : 403, to: request)]
        }
        #expect(try await Self.call(peer) == .status(486, q850: nil))
    }

    @Test func aStaleNonceIsReplacedAndTheCallGoesOn() async throws {
        let peer = try await RawSIPPeer { request in
            guard request.method == .invite else { return [] }
            switch Self.credentials(request, 407)?.nonce {
            case nil: return [Self.challenge(407, request, #"qop="auth""#)]
            case "n1": return [Self.challenge(407, request, #"qop="auth", stale=true"#, nonce: "n2")]
            case "n2": return [RawSIPPeer.response(486, to: request)]
            default: return [RawSIPPeer.response(403, to: request)]
            }
        }
        #expect(try await Self.call(peer) == .status(486, q850: nil))
    }

    @Test func wrongCredentialsAreTriedOnce() async throws {
        let peer = try await RawSIPPeer { request in
            request.method == .invite
                ? [Self.challenge(401, request, #"qop="auth""#, nonce: "\(request.headers.cseq!)")] : []
        }
        #expect(try await Self.call(peer) == .notAuthorised)
        #expect(Set(peer.requests.filter { $0.method == .invite }.compactMap { $0.headers.cseq?.number }).count == 2)
    }

    @Test(arguments: [
        "", "Basic realm=\"x\"", "Digest realm=\"x\", nonce=\"n\", algorithm=SHA-512-256", "Digest , nonsense",
    ])
    func aChallengeWeCannotAnswerEndsTheCall(challenge: String) async throws {
        let peer = try await RawSIPPeer { request in
            guard request.method == .invite else { return [] }
            var response = request.response(401, toTag: "t")
            response.headers.add(.wwwAuthenticate, challenge)
            return [response.bytes]
        }
        #expect(try await Self.call(peer) == .notAuthorised)
    }

    @Test func nobodyGetsOurPasswordUnasked() async throws {
        let peer = try await RawSIPPeer { request in
            request.method == .invite ? [RawSIPPeer.response(486, to: request)] : []
        }
        #expect(try await Self.call(peer) == .status(486, q850: nil))
        #expect(peer.requests.allSatisfy { !String(decoding: $0.bytes, as: UTF8.self).contains("sauti,") })
        #expect(peer.requests.allSatisfy { Self.credentials($0, 401) == nil && Self.credentials($0, 407) == nil })
    }

    private static func call(_ peer: RawSIPPeer) async throws -> SessionFailure? {
        let (agent, _) = try await LoopbackTests.agent()
        var invitation = LoopbackTests.invitation(to: peer.port)
        invitation.account = account
        let failure = try await LoopbackTests.failure(agent, invitation)
        await agent.shutDown()
        await peer.stop()
        return failure
    }

    private static func challenge(_ status: Int, _ request: SIPRequest, _ more: String, nonce: String = "n1") -> [UInt8]
    {
        var response = request.response(status, toTag: "t")
        let text = #"Digest realm="trunk, \"ke\"", nonce="\#(nonce)""# + (more.isEmpty ? "" : ", " + more)
        response.headers.add(status == 407 ? .proxyAuthenticate : .wwwAuthenticate, text)
        return response.bytes
    }

    private static func credentials(_ request: SIPRequest, _ status: Int) -> DigestCredentials? {
        request.headers[status == 407 ? .proxyAuthorization : .authorization].flatMap { DigestCredentials($0) }
    }

    /// Whether the answer is the one of RFC 7616 section 3.4.1 for our account.
    private static func proves(_ credentials: DigestCredentials) -> Bool {
        let isSHA = credentials.algorithm.hasPrefix("SHA")
        func hash(_ text: String) -> String {
            let bytes = Array(text.utf8)
            let digest: any Sequence<UInt8> =
                isSHA ? Array(SHA256.hash(data: bytes)) : Array(Insecure.MD5.hash(data: bytes))
            return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
        let (nonce, cnonce) = (credentials.nonce, credentials.cnonce ?? "")
        var secret = hash("\(account.username):trunk, \"ke\":\(account.password)")
        if credentials.algorithm.hasSuffix("-sess") { secret = hash("\(secret):\(nonce):\(cnonce)") }
        let action = hash("INVITE:\(credentials.uri)")
        let middle = credentials.nonceCount.map { "\(nonce):\($0):\(cnonce):auth" } ?? nonce
        return credentials.username == account.username && credentials.response == hash("\(secret):\(middle):\(action)")
    }
}
