import CSRTP

/// Protects what one side sends (RFC 3711 section 3.3). Of one thread at a time.
///
/// It must live as long as its key: a second one of the same key would begin to count anew and use the key stream twice.
@safe package final class SRTPSender {
    /// The most bytes that a packet grows by.
    package static let trailerByteCount = Int(SRTP_MAX_TAG_LEN) + 4

    private let context: SRTPContext

    /// Makes a sender.
    ///
    /// - Throws: `SRTPFailure.unavailable` when the library does not work here.
    package init(_ key: SRTPMasterKey) throws(SRTPFailure) {
        context = try SRTPContext(key, ssrc_any_outbound)
    }

    /// Protects a packet in place. A sequence number that was sent already is refused, so that no key stream is used twice.
    ///
    /// - Parameters:
    ///   - buffer: begins with the packet, at a multiple of four; has room for `trailerByteCount` more.
    ///   - count: the bytes of the packet.
    /// - Returns: the bytes of the protected packet.
    package func protect(
        _ buffer: UnsafeMutableRawBufferPointer,
        count: Int,
        as kind: SRTPPacketKind = .rtp
    ) throws(SRTPFailure) -> Int {
        guard count >= kind.headerByteCount else { throw .malformed }
        guard count + Self.trailerByteCount <= buffer.count else { throw .tooLong }
        var length = Int32(count)
        let status =
            switch kind {
            case .rtp: unsafe srtp_protect(context.handle, buffer.baseAddress, &length)
            case .rtcp: unsafe srtp_protect_rtcp(context.handle, buffer.baseAddress, &length)
            }
        guard status == srtp_err_status_ok else { throw SRTPFailure(status) }
        return Int(length)
    }
}
