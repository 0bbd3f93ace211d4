/// A frame as it was read from the wire (RFC 6455 section 5.2), before anything is believed of it.
struct SocketFrame: Sendable, Equatable {
    /// The low four bits of the first byte.
    enum Opcode {
        static let continuation: UInt8 = 0
        static let text: UInt8 = 1
        static let binary: UInt8 = 2
        static let close: UInt8 = 8
        static let ping: UInt8 = 9
        static let pong: UInt8 = 10
    }

    var opcode: UInt8
    /// Whether it is the last of its message.
    var isLast = true
    var hasReservedBit = false
    var isMasked = false
    var payload: [UInt8]
}
