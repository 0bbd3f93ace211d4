/// What is protected: each kind has its own keys, numbers and place of the source.
package enum SRTPPacketKind: Sendable {
    /// A packet of sound (RFC 3711 section 3.1).
    case rtp
    /// A compound of reports (RFC 3711 section 3.4).
    case rtcp

    var headerByteCount: Int { self == .rtp ? 12 : 8 }
    var sourceOffset: Int { self == .rtp ? 8 : 4 }
}
