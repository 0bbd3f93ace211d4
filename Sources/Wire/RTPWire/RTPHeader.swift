/// The header of an RTP packet (RFC 3550 section 5.1), read and written in place without allocating.
package struct RTPHeader: Sendable, Equatable {
    /// The bytes of a header without contributing sources and extension.
    package static let byteCount = 12

    /// What the payload is.
    package var payloadType: UInt8
    /// The first packet of a talk spurt, or of a telephone event.
    package var marker: Bool
    /// Counts packets.
    package var sequence: UInt16
    /// Counts samples.
    package var timestamp: UInt32
    /// Names the source.
    package var ssrc: UInt32

    /// Makes a header.
    package init(payloadType: UInt8, marker: Bool, sequence: UInt16, timestamp: UInt32, ssrc: UInt32) {
        self.payloadType = payloadType
        self.marker = marker
        self.sequence = sequence
        self.timestamp = timestamp
        self.ssrc = ssrc
    }

    /// Reads a packet; nil for one that is no RTP version 2 or whose lengths do not fit.
    ///
    /// - Parameter packet: the whole datagram.
    /// - Returns: the header and where the payload is, padding left out.
    package static func parse(_ packet: UnsafeRawBufferPointer) -> (header: RTPHeader, payload: Range<Int>)? {
        guard packet.count >= byteCount else { return nil }
        let first = unsafe packet[0]
        guard first >> 6 == 2 else { return nil }
        var start = byteCount + 4 * Int(first & 15)
        if first & 0x10 != 0 {
            guard packet.count >= start + 4 else { return nil }
            start += 4 + 4 * Int(unsafe packet.word16(at: start + 2))
        }
        var end = packet.count
        if first & 0x20 != 0 {
            let padding = Int(unsafe packet[end - 1])
            guard padding > 0 else { return nil }
            end -= padding
        }
        guard start <= end else { return nil }
        let second = unsafe packet[1]
        let header = RTPHeader(
            payloadType: second & 0x7F,
            marker: second & 0x80 != 0,
            sequence: unsafe packet.word16(at: 2),
            timestamp: unsafe packet.word32(at: 4),
            ssrc: unsafe packet.word32(at: 8)
        )
        return (header, start..<end)
    }

    /// Writes the header into the first 12 bytes of a buffer that has room for it.
    package func write(to packet: UnsafeMutableRawBufferPointer) {
        precondition(packet.count >= Self.byteCount, "an RTP header needs 12 bytes")
        unsafe packet[0] = 0x80
        unsafe packet[1] = (marker ? 0x80 : 0) | payloadType & 0x7F
        unsafe packet.storeBytes(of: sequence.bigEndian, toByteOffset: 2, as: UInt16.self)
        unsafe packet.storeBytes(of: timestamp.bigEndian, toByteOffset: 4, as: UInt32.self)
        unsafe packet.storeBytes(of: ssrc.bigEndian, toByteOffset: 8, as: UInt32.self)
    }

    /// Gives a packet that was parsed the numbers of this header; what else is in its first word stays.
    package func rewrite(_ packet: UnsafeMutableRawBufferPointer) {
        precondition(packet.count >= Self.byteCount, "an RTP header needs 12 bytes")
        let flags = unsafe packet[0]
        unsafe write(to: packet)
        unsafe packet[0] = flags
    }
}
