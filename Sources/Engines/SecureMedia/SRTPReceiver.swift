import CSRTP

/// Checks and decrypts what the other side sends (RFC 3711 section 3.3). Of one thread at a time.
@safe package final class SRTPReceiver {
    /// Sources that a key may be used with: the library remembers each, and a peer could make up more without end.
    package static let mostSources = 32

    private let context: SRTPContext
    private var sources: [UInt32] = []

    /// Makes a receiver.
    ///
    /// - Throws: `SRTPFailure.unavailable` when the library does not work here.
    package init(_ key: SRTPMasterKey) throws(SRTPFailure) {
        context = try SRTPContext(key, ssrc_any_inbound)
        sources.reserveCapacity(Self.mostSources)
    }

    /// Checks a packet and decrypts it in place. What fails must not be looked at any more.
    ///
    /// - Parameter packet: the whole datagram, at a multiple of four.
    /// - Returns: the bytes of the plain packet.
    package func unprotect(
        _ packet: UnsafeMutableRawBufferPointer,
        as kind: SRTPPacketKind = .rtp
    ) throws(SRTPFailure) -> Int {
        guard packet.count >= kind.headerByteCount else { throw .malformed }
        let source = try unsafe source(packet, at: kind.sourceOffset)
        var length = Int32(packet.count)
        let status =
            switch kind {
            case .rtp: unsafe srtp_unprotect(context.handle, packet.baseAddress, &length)
            case .rtcp: unsafe srtp_unprotect_rtcp(context.handle, packet.baseAddress, &length)
            }
        guard status == srtp_err_status_ok else { throw SRTPFailure(status) }
        remember(source)
        return Int(length)
    }

    private func source(_ packet: UnsafeMutableRawBufferPointer, at offset: Int) throws(SRTPFailure) -> UInt32 {
        let source = unsafe packet.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
        guard sources.count < Self.mostSources || sources.contains(source) else { throw .tooManySources }
        return source
    }

    /// Only of packets that were authentic: nobody else makes the library remember anything.
    private func remember(_ source: UInt32) {
        if sources.last != source, !sources.contains(source) { sources.append(source) }
    }
}
