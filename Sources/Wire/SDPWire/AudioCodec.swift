/// The codecs of the telephone network that we speak.
package enum AudioCodec: String, Sendable, CaseIterable {
    /// G.711 A-law, Kenya's own; static payload type 8.
    case pcma = "PCMA"
    /// G.711 u-law; static payload type 0.
    case pcmu = "PCMU"

    /// The static payload type of RFC 3551.
    package var payloadType: Int { self == .pcma ? 8 : 0 }
}
