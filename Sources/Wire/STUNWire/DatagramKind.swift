/// What a datagram is when STUN, DTLS, SRTP and SRTCP share one socket: told by its first byte (RFC 7983 section 7) and, between
/// RTP and RTCP, by the second (RFC 5761 section 4).
package enum DatagramKind: Sendable, Equatable {
    /// A connectivity check, or an answer to one.
    case stun
    /// A record of a handshake.
    case dtls
    /// A packet of sound.
    case rtp
    /// A compound of reports.
    case rtcp

    /// Nil for what is none of these.
    package init?(_ datagram: UnsafeRawBufferPointer) {
        guard datagram.count >= 2 else { return nil }
        switch unsafe datagram[0] {
        case 0...3: self = .stun
        case 20...63: self = .dtls
        case 128...191: self = unsafe (192...223).contains(datagram[1]) ? .rtcp : .rtp
        default: return nil
        }
    }
}
