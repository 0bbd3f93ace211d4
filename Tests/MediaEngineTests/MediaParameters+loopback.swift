import MediaEngine
import SecureMedia

extension MediaParameters {
    /// A peer on loopback.
    static func loopback(
        _ port: Int,
        codec: MediaCodec = .pcma,
        events: UInt8? = 101,
        eventClockRate: Int? = nil,
        other: UInt8? = nil,
        noise: UInt8? = nil,
        direction: MediaDirection = .sendrecv,
        keys: SRTPKeys? = nil
    ) -> MediaParameters {
        MediaParameters(
            remoteHost: "127.0.0.1",
            remotePort: port,
            codec: codec,
            payloadType: codec == .opus ? 111 : codec == .pcma ? 8 : 0,
            telephoneEventPayloadType: events,
            telephoneEventClockRate: eventClockRate,
            otherLawPayloadType: other,
            comfortNoisePayloadType: noise,
            direction: direction,
            keys: keys
        )
    }
}
