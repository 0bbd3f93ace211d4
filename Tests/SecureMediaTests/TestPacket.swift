import SecureMedia

/// A packet in a buffer of its own, as a media thread has it.
@safe final class TestPacket {
    private let buffer: UnsafeMutableRawBufferPointer
    private var count: Int

    init(_ bytes: [UInt8], room: Int = 200) {
        unsafe buffer = .allocate(byteCount: room, alignment: 16)
        unsafe buffer.copyBytes(from: bytes)
        count = bytes.count
    }

    deinit { unsafe buffer.deallocate() }

    var bytes: [UInt8] { unsafe Array(buffer[0..<count]) }

    @discardableResult
    func protect(by sender: SRTPSender) throws(SRTPFailure) -> [UInt8] {
        count = try unsafe sender.protect(buffer, count: count)
        return bytes
    }

    @discardableResult
    func unprotect(by receiver: SRTPReceiver) throws(SRTPFailure) -> [UInt8] {
        count = try unsafe receiver.unprotect(UnsafeMutableRawBufferPointer(rebasing: buffer[0..<count]))
        return bytes
    }

    @discardableResult
    func protectRTCP(by sender: SRTPSender) throws(SRTPFailure) -> [UInt8] {
        count = try unsafe sender.protect(buffer, count: count, as: .rtcp)
        return bytes
    }

    @discardableResult
    func unprotectRTCP(by receiver: SRTPReceiver) throws(SRTPFailure) -> [UInt8] {
        count = try unsafe receiver.unprotect(
            UnsafeMutableRawBufferPointer(rebasing: buffer[0..<count]),
            as: .rtcp
        )
        return bytes
    }

    /// The bytes that hexadecimal digits stand for.
    static func bytes(_ hex: String) -> [UInt8] {
        let digits = hex.filter { $0 != " " }.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    /// An RTP packet.
    static func rtp(_ sequence: Int, source: UInt8 = 7, payload: Int = 160) -> [UInt8] {
        [0x80, 8, UInt8(sequence >> 8 & 255), UInt8(sequence & 255), 0, 0, 0, 0, 0, 0, 0, source]
            + [UInt8](repeating: 0xD5, count: payload)
    }
}
