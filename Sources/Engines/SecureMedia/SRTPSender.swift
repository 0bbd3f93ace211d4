/// Protects what one side sends (RFC 3711 section 3.3). Of one thread at a time.
///
/// It must live as long as its key: a second one of the same key would begin to count anew and use the key stream twice.
@safe package final class SRTPSender {
    /// The most bytes that a packet grows by.
    package static let trailerByteCount = PacketCipher.longestTag + 4
    /// After so many packets of sound, and of reports, a key has had its life (section 9.2).
    static let mostPackets: UInt64 = 1 << 48
    static let mostReports: UInt32 = 1 << 31

    private let rtp: PacketCipher
    private let rtcp: PacketCipher
    private var sources = SourceTable()

    /// Makes a sender.
    ///
    /// - Throws: `SRTPFailure.unavailable` when the library does not work here.
    package init(_ key: SRTPMasterKey) throws(SRTPFailure) {
        rtp = try PacketCipher(key, .rtp, .sealing)
        rtcp = try PacketCipher(key, .rtcp, .sealing)
    }

    /// Protects a packet in place. A sequence number that was sent already is refused, so that no key stream is used twice.
    ///
    /// - Parameters:
    ///   - buffer: begins with the packet; has room for `trailerByteCount` more.
    ///   - count: the bytes of the packet.
    /// - Returns: the bytes of the protected packet.
    package func protect(
        _ buffer: UnsafeMutableRawBufferPointer,
        count: Int,
        as kind: SRTPPacketKind = .rtp
    ) throws(SRTPFailure) -> Int {
        guard count >= kind.headerByteCount else { throw .malformed }
        guard count + Self.trailerByteCount <= buffer.count else { throw .tooLong }
        let packet = unsafe UnsafeRawBufferPointer(rebasing: buffer[0..<count])
        guard let clear = unsafe kind.clearByteCount(of: packet) else { throw .malformed }
        var entry = try unsafe sources.entry(of: kind.source(of: packet))
        let index = try unsafe next(packet, kind, &entry)
        let cipher = kind == .rtp ? rtp : rtcp
        let length = try unsafe cipher.seal(buffer, clear: clear, count: count, source: entry.source, index: index)
        sources.keep(entry)
        return length
    }

    /// The index of a packet, counted as sent.
    private func next(
        _ packet: UnsafeRawBufferPointer,
        _ kind: SRTPPacketKind,
        _ entry: inout SourceTable.Entry
    ) throws(SRTPFailure) -> UInt64 {
        if kind == .rtcp {
            guard entry.lastReport < Self.mostReports - 1 else { throw .expired }
            entry.lastReport += 1
            return UInt64(entry.lastReport)
        }
        guard let index = entry.rtp.index(of: unsafe packet.sequence), entry.rtp.admits(index) else { throw .replayed }
        guard index < Self.mostPackets else { throw .expired }
        entry.rtp.add(index)
        return index
    }
}

extension SRTPPacketKind {
    /// Who sends a packet, which has its whole header.
    func source(of packet: UnsafeRawBufferPointer) -> UInt32 {
        unsafe UInt32(bigEndian: packet.loadUnaligned(fromByteOffset: sourceOffset, as: UInt32.self))
    }
}

extension UnsafeRawBufferPointer {
    /// The sequence number of a packet of sound, which has its whole header.
    var sequence: UInt16 { unsafe UInt16(bigEndian: loadUnaligned(fromByteOffset: 2, as: UInt16.self)) }
}
