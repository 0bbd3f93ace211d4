import Logging
import MediaEngine
import NIOPosix
import SIPStack
import SIPWire
import TestSupport
import Voice

/// A carrier of a test: a real user agent with real media, that does what the test says.
final class TestTrunk: Sendable {
    let port: Int
    /// Where it takes encrypted calls, if it does.
    let tlsPort: Int?
    private let agent: SIPUserAgent
    private let media: MediaEngine
    private let calls: AsyncStream<TrunkCall>
    private let all = Locked<[TrunkCall]>([])

    /// Starts a trunk; `onCall` is told of each call on the event loop.
    init(
        _ configuration: SIPConfiguration = VoiceWorld.Settings().sip,
        onCall: @escaping @Sendable (TrunkCall) -> Void
    ) async throws {
        var ports = MediaConfiguration()
        ports.ports = 38_000...39_999
        let logger = Logger(label: "trunk")
        agent = SIPUserAgent(
            configuration: configuration,
            group: MultiThreadedEventLoopGroup.singleton,
            logger: logger
        )
        let media = try MediaEngine(configuration: ports, logger: logger)
        self.media = media
        let (calls, continuation) = AsyncStream.makeStream(of: TrunkCall.self)
        self.calls = calls
        port = try await agent.start { [all] session in
            guard let call = TrunkCall(session, media) else { return session.reject(status: 488) }
            all.withLock { $0.append(call) }
            onCall(call)
            continuation.yield(call)
        }
        tlsPort = await agent.tlsPort()
    }

    /// How many INVITEs came, not counting those repeated.
    var callCount: Int { all.withLock { $0.count } }

    /// The next call that comes.
    func nextCall() async throws -> TrunkCall {
        try await Waiting.first(of: calls)
    }

    /// Calls a number of the node that listens on `port`.
    ///
    /// - Parameters:
    ///   - account: answers the node's challenge.
    ///   - to: what the To header says instead of the number.
    func call(
        _ number: String,
        from: String,
        port: Int,
        account: DigestAccount? = nil,
        to: String? = nil,
        replacing: Replaces? = nil
    ) throws -> CallingPhone {
        try CallingPhone(
            agent,
            media,
            from: from,
            to: number,
            port: port,
            account: account,
            named: to,
            replacing: replacing
        )
    }

    /// Vanishes: no BYE, no more sound.
    func stop() async {
        await agent.shutDown()
        media.shutDown()
    }
}
