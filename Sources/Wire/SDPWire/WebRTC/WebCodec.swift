/// The codecs that we speak with browsers.
package enum WebCodec: String, Sendable, CaseIterable {
    /// G.711 A-law, as the telephone network has it.
    case pcma = "PCMA"
    /// G.711 u-law.
    case pcmu = "PCMU"
    /// RFC 6716 and RFC 7587.
    case opus = "OPUS"

    /// Samples a second of its timestamps.
    package var clockRate: Int { self == .opus ? 48_000 : 8000 }

    /// The payload type in our offers.
    package var payloadType: Int {
        switch self {
        case .pcma: 8
        case .pcmu: 0
        case .opus: 111
        }
    }

    /// The payload type of telephone events in our offers: their timestamps are those of the codec (RFC 4733 section 2.1).
    package var telephoneEventPayloadType: Int { self == .opus ? 110 : 126 }

    var map: String { self == .opus ? "opus/48000/2" : "\(rawValue)/8000" }
    /// What we say of ours: how we like to receive.
    var parameters: String? { self == .opus ? "minptime=10;useinbandfec=1" : nil }
}
