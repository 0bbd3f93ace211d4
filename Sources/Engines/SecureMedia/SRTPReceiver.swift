/// Checks and decrypts what the other side sends (RFC 3711 section 3.3). Of one thread at a time.
@safe package final class SRTPReceiver {
    /// Sources that a key may be used with: each is remembered, and a peer could make up more without end.
    package static let mostSources = 32

    private let rtp: PacketCipher
    private let rtcp: PacketCipher
    private var sources = SourceTable()

    /// Makes a receiver.
    ///
    /// - Throws: `SRTPFailure.unavailable` when the library does not work here.
    package init(_ key: SRTPMasterKey) throws(SRTPFailure) {
        rtp = try PacketCipher(key, .rtp, .opening)
        rtcp = try PacketCipher(key, .rtcp, .opening)
    }

    /// Checks a packet and decrypts it in place. What fails must not be looked at any more.
    ///
    /// - Parameter packet: the whole datagram.
    /// - Returns: the bytes of the plain packet.
    package func unprotect(
        _ packet: UnsafeMutableRawBufferPointer,
        as kind: SRTPPacketKind = .rtp
    ) throws(SRTPFailure) -> Int {
        let bytes = UnsafeRawBufferPointer(packet)
        guard let clear = unsafe kind.clearByteCount(of: bytes) else { throw .malformed }
        var entry = try unsafe sources.entry(of: kind.source(of: bytes))
        let length =
            switch kind {
            case .rtp: try unsafe openSound(packet, clear, &entry)
            case .rtcp: try unsafe openReport(packet, clear, &entry)
            }
        sources.keep(entry)
        return length
    }

    private func openSound(
        _ packet: UnsafeMutableRawBufferPointer,
        _ clear: Int,
        _ entry: inout SourceTable.Entry
    ) throws(SRTPFailure) -> Int {
        let sequence = UnsafeRawBufferPointer(packet).sequence
        guard let index = entry.rtp.index(of: sequence), entry.rtp.admits(index) else { throw .replayed }
        let length = try unsafe rtp.open(packet, clear: clear, source: entry.source, index: index)
        entry.rtp.add(index)
        return length
    }

    private func openReport(
        _ packet: UnsafeMutableRawBufferPointer,
        _ clear: Int,
        _ entry: inout SourceTable.Entry
    ) throws(SRTPFailure) -> Int {
        guard let report = unsafe rtcp.report(in: UnsafeRawBufferPointer(packet)) else { throw .malformed }
        // We have agreed on encrypted reports.
        guard report.isEncrypted else { throw .unauthentic }
        let index = UInt64(report.index)
        guard entry.rtcp.admits(index) else { throw .replayed }
        let length = try unsafe rtcp.open(packet, clear: clear, source: entry.source, index: index)
        entry.rtcp.add(index)
        return length
    }
}
