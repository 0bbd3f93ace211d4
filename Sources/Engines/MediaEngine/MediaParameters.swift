/// What signalling agreed on for a leg.
package struct MediaParameters: Sendable, Equatable {
    /// The peer's address, IPv4.
    package var remoteHost: String
    /// The peer's RTP port.
    package var remotePort: Int
    /// The codec of both ways.
    package var codec: MediaCodec
    /// Its payload type.
    package var payloadType: UInt8
    /// The payload type of telephone events, if the peer knows them.
    package var telephoneEventPayloadType: UInt8?

    /// Makes parameters.
    package init(
        remoteHost: String,
        remotePort: Int,
        codec: MediaCodec,
        payloadType: UInt8,
        telephoneEventPayloadType: UInt8?
    ) {
        self.remoteHost = remoteHost
        self.remotePort = remotePort
        self.codec = codec
        self.payloadType = payloadType
        self.telephoneEventPayloadType = telephoneEventPayloadType
    }
}
