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
        let first = unsafe packet[0]
        var count = headerByteCount + 4 * Int(first & 0x0F)
        if first & 0x10 != 0 {
            guard packet.count >= count + 4 else { return nil }
            let words = unsafe Int(packet[count + 2]) << 8 | Int(packet[count + 3])
            count += 4 + 4 * words
        }
        return count <= packet.count ? count : nil
    }
}
