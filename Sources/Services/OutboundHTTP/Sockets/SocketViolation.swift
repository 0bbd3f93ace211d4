/// What a server did that a WebSocket does not live on after (RFC 6455 section 7.1.7).
package enum SocketViolation: Error, Equatable, CustomStringConvertible {
    /// A frame from a server is never masked (section 5.1).
    case maskedFrame
    /// A bit of an extension that nobody agreed on (section 5.2).
    case reservedBit
    /// An opcode without a meaning (section 5.2).
    case reservedOpcode(UInt8)
    /// A control frame in fragments or of more than 125 bytes (section 5.5).
    case controlFrame
    /// A message that begins within another, or goes on without having begun (section 5.4).
    case fragmentOrder
    /// A closing frame of one byte, or with a code that is not sent (section 7.4).
    case closeFrame
    /// A text, or the reason of a closing frame, that is not UTF-8 (section 8.1).
    case invalidText
    /// More bytes in a frame or message than are taken.
    case tooLarge(limitBytes: Int)
    /// More fragments of a message than are taken.
    case tooManyFragments(limit: Int)
    /// A message whose last fragment did not come.
    case endlessMessage(Duration)

    /// What the peer is told.
    package var code: SocketCloseCode {
        switch self {
        case .maskedFrame, .reservedBit, .reservedOpcode, .controlFrame, .fragmentOrder, .closeFrame: .protocolError
        case .invalidText: .invalidText
        case .tooLarge: .tooLarge
        case .tooManyFragments, .endlessMessage: .policy
        }
    }

    /// Goes on after "the server".
    package var description: String {
        switch self {
        case .maskedFrame: "masked a frame"
        case .reservedBit: "used an extension that was not agreed on"
        case .reservedOpcode(let opcode): "used the reserved opcode \(opcode)"
        case .controlFrame: "sent a control frame in fragments or of more than 125 bytes"
        case .fragmentOrder: "sent fragments out of order"
        case .closeFrame: "sent a closing frame that is not valid"
        case .invalidText: "sent a text that is not UTF-8"
        case .tooLarge(let limit): "sent more than \(limit) bytes in a message"
        case .tooManyFragments(let limit): "sent a message in more than \(limit) fragments"
        case .endlessMessage(let limit): "did not end a message within \(limit)"
        }
    }
}
