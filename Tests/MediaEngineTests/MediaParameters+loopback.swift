import MediaEngine
import SecureMedia

extension MediaParameters {
    /// A telephone on loopback that has G.711 and telephone events.
    static func loopback(
        _ port: Int,
        codec: MediaCodec = .pcma,
        other: UInt8? = nil,
        noise: UInt8? = nil,
        keys: SRTPKeys? = nil
    ) -> MediaParameters {
        MediaParameters(
            remoteHost: "127.0.0.1",
            remotePort: port,
            codec: codec,
            payloadType: codec == .pcma ? 8 : 0,
            telephoneEventPayloadType: 101,
            otherLawPayloadType: other,
            comfortNoisePayloadType: noise,
            keys: keys
        )
    }
}
