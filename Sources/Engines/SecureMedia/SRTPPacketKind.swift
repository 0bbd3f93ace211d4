/// What is protected: each kind has its own keys, numbers and place of the source.
package enum SRTPPacketKind: Sendable {
    /// A packet of sound (RFC 3711 section 3.1).
    case rtp
    /// A compound of reports (RFC 3711 section 3.4).
    case rtcp

    var headerByteCount: Int { self == .rtp ? 12 : 8 }
    var sourceOffset: Int { self == .rtp ? 8 : 4 }

    /// The bytes that are not encrypted: a header with its contributing sources and its extension, or the first report's; nil when
    /// it promises more than there is.
    func clearByteCount(of packet: UnsafeRawBufferPointer) -> Int? {
        guard packet.count >= headerByteCount else { return nil }
        if self == .rtcp { return headerByteCount }
        var count = headerByteCount + 4 * Int(packet[0] & 0x0F)
        if packet[0] & 0x10 != 0 {
            guard packet.count >= count + 4 else { return nil }
            count += 4 + 4 * (Int(packet[count + 2]) << 8 | Int(packet[count + 3]))
        }
        return count <= packet.count ? count : nil
    }
}
