import MediaEngine
import SDPWire
import SIPStack
import SIPWire
import TestSupport
import Testing
import Voice

/// A telephone that calls the node under test through its carrier.
final class CallingPhone: Listener {
    let leg: MediaLeg
    private let session: Locked<SIPSession?>
    private let events: AsyncStream<SessionEvent>
    private let folder: TemporaryFolder

    init(
        _ agent: SIPUserAgent,
        _ media: MediaEngine,
        from: String,
        to: String,
        port: Int,
        account: DigestAccount? = nil,
        asserting identity: String? = nil,
        named name: String? = nil,
        replacing: Replaces? = nil,
        keys: [CryptoKey] = [],
        offering change: ([UInt8]) -> [UInt8] = { $0 }
    ) throws {
        folder = try TemporaryFolder("phone")
        let leg = try media.openLeg()
        self.leg = leg
        let endpoint = AudioEndpoint(address: "127.0.0.1", port: leg.localPort, keys: keys, sessionID: 7)
        let offer = OfferAnswer.offer(endpoint)
        let (events, continuation) = AsyncStream.makeStream(of: SessionEvent.self)
        self.events = events
        session = Locked(nil)
        var invitation = OutgoingInvitation(
            uri: SIPURI(user: to, host: "127.0.0.1", port: port),
            from: NameAddress(uri: SIPURI(user: from, host: "carrier.example")),
            to: NameAddress(uri: SIPURI(user: name ?? to, host: "127.0.0.1")),
            target: SIPTarget(host: "127.0.0.1", port: port, transport: .udp),
            account: account,
            offer: change(offer.bytes),
            ringTimeout: .seconds(30),
            extraHeaders: identity.map { [SIPHeaderField(.pAssertedIdentity, "<sip:\($0)@carrier.example>")] } ?? []
        )
        invitation.replacing = replacing
        let placed = agent.invite(invitation) { event in
            switch event {
            case .provisional(_, let body), .answered(let body): Self.connect(leg, body, offer)
            default: break
            }
            continuation.yield(event)
        }
        session.withLock { $0 = placed }
    }

    /// The call as the stack has it.
    var call: SIPSession {
        get throws { try #require(session.withLock { $0 }) }
    }

    func hangUp() {
        session.withLock { $0 }?.hangUp()
    }

    /// The first event of a kind.
    @discardableResult
    func first(_ matches: @escaping @Sendable (SessionEvent) -> Bool) async throws -> SessionEvent {
        try await Waiting.first(of: events, where: matches)
    }

    func answered() async throws {
        try await first { if case .answered = $0 { true } else { false } }
    }

    /// How the call ended.
    @discardableResult
    func ended() async throws -> SessionEvent {
        try await first { event in
            switch event {
            case .ended, .failed: true
            default: false
            }
        }
    }

    /// The final response that refused the call.
    func refusal() async throws -> Int? {
        switch try await ended() {
        case .failed(.status(let status, _)): status
        case .failed(.notAuthorised): 401
        default: nil
        }
    }

    /// Listens from now on.
    func listen() {
        leg.startRecording(files)
    }

    /// What was heard since.
    func heard() async throws -> [Int16] {
        _ = await leg.stopRecording()
        return try MediaTests.samples(folder.path("received.wav"))
    }

    private var files: RecordingFiles {
        RecordingFiles(
            received: folder.path("received.wav"),
            sent: folder.path("sent.wav"),
            mix: folder.path("mix.wav")
        )
    }

    private static func connect(_ leg: MediaLeg, _ body: [UInt8], _ offer: SessionDescription) {
        guard let answer = try? SessionDescription(parsing: body),
            let audio = OfferAnswer.read(answer: answer, to: offer)
        else { return }
        leg.connect(MediaParameters(audio))
    }
}
