import MediaEngine
import SDPWire
import SIPStack
import SIPWire

/// A phone's media: its leg and what was negotiated.
final class PhoneLine: Sendable {
    let leg: MediaLeg
    /// Our answer.
    let description: [UInt8]
    private let session: SIPSession
    private let endpoint: AudioEndpoint
    private let parameters: MediaParameters

    /// Opens a leg and answers the caller's offer; nil when there is no port or no codec.
    init?(_ session: SIPSession, _ media: MediaEngine) {
        guard let offer = try? SessionDescription(parsing: session.request.body), let leg = try? media.openLeg() else {
            return nil
        }
        endpoint = AudioEndpoint(address: "127.0.0.1", port: leg.localPort, sessionID: UInt64(leg.localPort))
        guard let (answer, audio) = OfferAnswer.answer(offer, endpoint) else {
            Task { await leg.close() }
            return nil
        }
        self.session = session
        self.leg = leg
        description = answer.bytes
        parameters = MediaParameters(
            remoteHost: audio.remoteAddress,
            remotePort: audio.remotePort,
            codec: audio.codec == .pcma ? .pcma : .pcmu,
            payloadType: UInt8(audio.payloadType),
            telephoneEventPayloadType: audio.telephoneEventPayloadType.map { UInt8($0) }
        )
    }

    /// Starts media before the answer.
    func connect() {
        leg.connect(parameters)
    }

    /// Answers the call.
    func pickUp() {
        leg.connect(parameters)
        session.answer(body: description)
    }

    /// Answers a later offer with the same description.
    func answer(_ offer: [UInt8]) -> [UInt8]? {
        guard let offer = try? SessionDescription(parsing: offer) else { return nil }
        return OfferAnswer.answer(offer, endpoint)?.answer.bytes
    }

    func close() {
        Task { [leg] in await leg.close() }
    }
}
