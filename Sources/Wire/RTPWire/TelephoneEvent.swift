/// The payload of a telephone event packet (RFC 4733 section 2.3).
package struct TelephoneEvent: Sendable, Equatable {
    /// The bytes of the payload.
    package static let byteCount = 4
    /// The keys by their event codes 0 to 15.
    package static let keys: [Character] = Array("0123456789*#ABCD")

    /// 0 to 255; 0 to 15 are keys.
    package var code: UInt8
    /// The key was released.
    package var isEnd: Bool
    /// -dBm0, 0 to 63.
    package var volume: UInt8
    /// Timestamp units since the key was pressed.
    package var duration: UInt16

    /// Makes a payload.
    package init(code: UInt8, isEnd: Bool, volume: UInt8 = 10, duration: UInt16) {
        self.code = code
        self.isEnd = isEnd
        self.volume = volume
        self.duration = duration
    }

    /// Reads a payload; nil when it is shorter than 4 bytes.
    package init?(_ payload: UnsafeRawBufferPointer) {
        guard payload.count >= Self.byteCount else { return nil }
        code = unsafe payload[0]
        isEnd = unsafe payload[1] & 0x80 != 0
        volume = unsafe payload[1] & 0x3F
        duration = unsafe payload.word16(at: 2)
    }

    /// The payload as it is sent.
    package var bytes: (UInt8, UInt8, UInt8, UInt8) {
        (code, (isEnd ? 0x80 : 0) | volume & 0x3F, UInt8(duration >> 8), UInt8(duration & 0xFF))
    }
}
