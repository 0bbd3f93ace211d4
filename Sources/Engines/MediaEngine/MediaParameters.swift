package import SecureMedia

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
    /// Units in a second of their durations (RFC 4733 section 2.1): 8,000 or 48,000.
    package var telephoneEventClockRate: Int
    /// The payload type of the other law when that was agreed on too: the peer may change to it at any time without a word
    /// (RFC 3264 section 5.1). We send the first one only.
    package var otherLawPayloadType: UInt8?
    /// The payload type of Opus when that was agreed on beside another codec: the peer may change to it, too.
    package var opusPayloadType: UInt8?
    /// How the peer is sent Opus when that is the codec.
    package var opus: OpusSettings
    /// The payload type of comfort noise, if the peer knows it by another number than 13 (RFC 3389). We never send it.
    package var comfortNoisePayloadType: UInt8?
    /// Which way sound flows.
    package var direction: MediaDirection
    /// The keys of both ways (SRTP, RFC 3711); nil for plain RTP.
    package var keys: SRTPKeys?

    /// Makes parameters.
    ///
    /// - Parameter telephoneEventClockRate: nil for that of the codec.
    package init(
        remoteHost: String,
        remotePort: Int,
        codec: MediaCodec,
        payloadType: UInt8,
        telephoneEventPayloadType: UInt8?,
        telephoneEventClockRate: Int? = nil,
        otherLawPayloadType: UInt8? = nil,
        opusPayloadType: UInt8? = nil,
        opus: OpusSettings = OpusSettings(),
        comfortNoisePayloadType: UInt8? = nil,
        direction: MediaDirection = .sendrecv,
        keys: SRTPKeys? = nil
    ) {
        self.remoteHost = remoteHost
        self.remotePort = remotePort
        self.codec = codec
        self.payloadType = payloadType
        self.telephoneEventPayloadType = telephoneEventPayloadType
        self.telephoneEventClockRate = telephoneEventClockRate ?? codec.clockRate
        self.otherLawPayloadType = otherLawPayloadType
        self.opusPayloadType = opusPayloadType
        self.opus = opus
        self.comfortNoisePayloadType = comfortNoisePayloadType
        self.direction = direction
        self.keys = keys
    }

    /// What a payload type means; nil for one that was not agreed on. The static types mean what they always mean (RFC 3551 section
    /// 6) unless the peer gave them another meaning: we offer them, and a peer that answers with other numbers may still send those
    /// that we offered (RFC 3264 section 5.1).
    func content(of type: UInt8) -> Arrival.Content? {
        if type == payloadType { return .sound(codec) }
        if type == telephoneEventPayloadType { return .key }
        if type == otherLawPayloadType, case .law(let law) = codec { return .sound(.law(law.other)) }
        if type == opusPayloadType { return .sound(.opus) }
        if type == comfortNoisePayloadType { return .noise }
        switch type {
        case 0: return .sound(.pcmu)
        case 8: return .sound(.pcma)
        // Gateways send it without having said so.
        case 13: return .noise
        default: return nil
        }
    }
}
