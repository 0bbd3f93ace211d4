import Logging
import MediaEngine
import NIOPosix
import Platform
import SDPWire
import SIPStack
import SIPWire
import TestSupport
import Testing
import Voice

/// A telephone with a SIP credential: registers, is called and calls, with real sockets and media.
final class TestDevice: Sendable {
    let account: DigestAccount
    let port: Int
    private let agent: SIPUserAgent
    private let media: MediaEngine
    private let calls: AsyncStream<TrunkCall>
    private let number = Locked<UInt32>(1)
    private let callID: String
    private let keys: [CryptoKey]

    /// - Parameters:
    ///   - keys: for sound that is encrypted; it cannot do that without.
    ///   - certificate: what the node shows over TLS.
    init(
        _ account: DigestAccount,
        keys: [CryptoKey] = [],
        trusting certificate: String? = nil,
        onCall: @escaping @Sendable (TrunkCall) -> Void = { $0.answer() }
    ) async throws {
        self.account = account
        var ports = MediaConfiguration()
        ports.ports = 40_000...41_999
        let logger = Logger(label: "device")
        var sip = VoiceWorld.Settings().sip
        sip.tls.trustedCertificatesFile = certificate
        self.keys = keys
        agent = SIPUserAgent(
            configuration: sip,
            group: MultiThreadedEventLoopGroup.singleton,
            logger: logger
        )
        let media = try MediaEngine(configuration: ports, logger: logger)
        self.media = media
        let (calls, continuation) = AsyncStream.makeStream(of: TrunkCall.self)
        self.calls = calls
        port = try await agent.start { session in
            guard let call = TrunkCall(session, media, keys: keys) else { return session.reject(status: 488) }
            onCall(call)
            continuation.yield(call)
        }
        callID = "device-\(port)"
    }

    /// The next call that comes.
    func nextCall() async throws -> TrunkCall {
        try await Waiting.first(of: calls)
    }

    /// Registers with the node on `node`.
    ///
    /// - Parameter contact: an address of its own; where it really is when nil.
    @discardableResult
    func register(
        at node: Int,
        over transport: SIPTransport = .udp,
        expires: Int = 600,
        contact: String? = nil,
        as username: String? = nil,
        more: [SIPHeaderField] = []
    ) async -> RequestOutcome {
        let name = username ?? account.username
        let aor = NameAddress(uri: SIPURI(user: name, host: "127.0.0.1"))
        let parameter = transport == .udp ? "" : ";transport=\(transport.rawValue.lowercased())"
        let outcome = await agent.send(
            OutgoingRequest(
                method: .register,
                uri: SIPURI(host: "127.0.0.1", port: node),
                from: aor,
                to: aor,
                way: .target(SIPTarget(host: "127.0.0.1", port: node, transport: transport)),
                callID: callID,
                number: number.withLock { $0 },
                account: account,
                headers: [
                    SIPHeaderField(.contact, contact ?? "<sip:\(name)@127.0.0.1:\(port)\(parameter)>"),
                    SIPHeaderField(.expires, "\(expires)"),
                ] + more
            )
        )
        number.withLock { $0 = outcome.number + 1 }
        return outcome
    }

    /// What the node on `node` challenges it with.
    func challenge(at node: Int) async throws -> DigestChallenge {
        let aor = NameAddress(uri: SIPURI(user: account.username, host: "127.0.0.1"))
        let outcome = await agent.send(
            OutgoingRequest(
                method: .register,
                uri: SIPURI(host: "127.0.0.1", port: node),
                from: aor,
                to: aor,
                way: .target(SIPTarget(host: "127.0.0.1", port: node, transport: .udp))
            )
        )
        guard case .response(let response) = outcome.result else { throw WaitingTimeout(what: "a challenge") }
        return try #require(response.headers[.wwwAuthenticate].flatMap { DigestChallenge($0) })
    }

    /// Calls a number through the node on `node`.
    ///
    /// - Parameter change: makes another offer of the ordinary one.
    func call(
        _ to: String,
        at node: Int,
        showing from: String? = nil,
        asserting identity: String? = nil,
        replacing: Replaces? = nil,
        offering change: ([UInt8]) -> [UInt8] = { $0 }
    ) throws -> CallingPhone {
        try CallingPhone(
            agent,
            media,
            from: from ?? account.username,
            to: to,
            port: node,
            account: account,
            asserting: identity,
            replacing: replacing,
            keys: keys,
            offering: change
        )
    }

    /// Vanishes.
    func stop() async {
        await agent.shutDown()
        media.shutDown()
    }
}
