import MediaEngine
import SDPWire
import SIPStack
import SIPWire
import TestSupport
import Voice

/// A call as its trunk sees it.
final class TrunkCall: Listener {
    let session: SIPSession
    let leg: MediaLeg
    private let description: [UInt8]
    private let parameters: MediaParameters
    private let events: AsyncStream<SessionEvent>
    private let keys: Locked<String>

    /// - Parameter own: keys for secured offers; without any these are not taken.
    init?(_ session: SIPSession, _ media: MediaEngine, keys own: [CryptoKey] = []) {
        let keys = Locked("")
        self.keys = keys
        let opened = try? media.openLeg { event in
            if case .digit(let key) = event { keys.withLock { $0.append(key) } }
        }
        guard let offer = try? SessionDescription(parsing: session.request.body), let leg = opened else { return nil }
        let endpoint = AudioEndpoint(address: "127.0.0.1", port: leg.localPort, keys: own, sessionID: 1)
        guard let (answer, audio) = OfferAnswer.answer(offer, endpoint) else { return nil }
        self.session = session
        self.leg = leg
        description = answer.bytes
        parameters = MediaParameters(audio)
        let (events, continuation) = AsyncStream.makeStream(of: SessionEvent.self)
        self.events = events
        session.answerOffers { [description] _ in description }
        session.onEvents { continuation.yield($0) }
    }

    /// The keys that were pressed towards it.
    var digits: String { keys.withLock { $0 } }

    /// 183 with a description, and sound.
    func earlyMedia() {
        leg.connect(parameters)
        session.ring(status: 183, body: description)
    }

    func ring() { session.ring() }

    func reject(_ status: Int) { session.reject(status: status) }

    /// The INVITE.
    var request: SIPRequest { session.request }

    func answer() {
        leg.connect(parameters)
        session.answer(body: description)
    }

    /// Answers with another description than our own.
    func answer(_ body: String) {
        session.answer(body: Array(body.utf8))
    }

    /// Waits until the caller ends the call, and says how.
    func ended() async throws -> SessionEvent {
        try await Waiting.first(of: events) { event in
            switch event {
            case .ended, .failed: true
            default: false
            }
        }
    }
}
