import MediaEngine
import SDPWire
import SIPStack
import SIPWire
import TestSupport
import Voice

/// A call as its trunk sees it.
final class TrunkCall: Sendable {
    let session: SIPSession
    let leg: MediaLeg
    private let description: [UInt8]
    private let parameters: MediaParameters
    private let events: AsyncStream<SessionEvent>

    init?(_ session: SIPSession, _ media: MediaEngine) {
        guard let offer = try? SessionDescription(parsing: session.request.body), let leg = try? media.openLeg() else {
            return nil
        }
        let endpoint = AudioEndpoint(address: "127.0.0.1", port: leg.localPort, sessionID: 1)
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
