import SDPWire
import Synchronization

/// Our descriptions of one leg: the offer, and answers to what the peer offers later. Usable from any thread.
final class MediaOffers: Sendable {
    private let host: String
    private let port: Int
    private let sessionID: UInt64
    private let version = Atomic<UInt64>(1)

    init(host: String, port: Int, sessionID: UInt64) {
        self.host = host
        self.port = port
        self.sessionID = sessionID
    }

    /// The offer of an INVITE.
    var offer: [UInt8] {
        OfferAnswer.offer(endpoint(version.load(ordering: .relaxed))).bytes
    }

    /// Answers an offer that comes within the call; nil when we can take none of it.
    func answer(_ body: [UInt8]) -> (body: [UInt8], audio: NegotiatedAudio)? {
        guard let offer = try? SessionDescription(parsing: body) else { return nil }
        // Each new description has a higher version (RFC 3264 section 8).
        let number = version.add(1, ordering: .relaxed).newValue
        return OfferAnswer.answer(offer, endpoint(number)).map { ($0.answer.bytes, $0.audio) }
    }

    private func endpoint(_ version: UInt64) -> AudioEndpoint {
        AudioEndpoint(address: host, port: port, sessionID: sessionID, version: version)
    }
}
