/// What offer and answer agreed on for the one audio stream.
package struct NegotiatedAudio: Sendable, Equatable {
    /// Where to send RTP.
    package let remoteAddress: String
    /// The port to send to.
    package let remotePort: Int
    /// The codec of both ways.
    package let codec: AudioCodec
    /// Its payload type in packets we send.
    package let payloadType: Int
    /// The payload type of the other law, when the other side named it too: it may change to it without a word (RFC 3264
    /// section 5.1).
    package let otherLawPayloadType: Int?
    /// The payload type of telephone events, when both sides know them.
    package let telephoneEventPayloadType: Int?
    /// The payload type of comfort noise that the other side knows. We neither send it nor ask for it, but understand it.
    package let comfortNoisePayloadType: Int?
    /// How much sound the other side wants in a packet.
    package let packetTimeMilliseconds: Int
    /// Which way media flows, seen from our side.
    package let direction: Direction
    /// The keys of both ways; nil for plain RTP.
    package internal(set) var crypto: NegotiatedCrypto?
}
