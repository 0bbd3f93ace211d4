import NIOCore
import NIOWebSocket

/// Makes messages of frames (RFC 6455 section 5.4): a value, so that every order of frames can be tried.
struct WebSocketMessageReader {
    enum Action: Equatable {
        /// A whole message.
        case message([UInt8])
        /// A keep-alive of SIP (RFC 5626 section 3.5.1), to be answered by one line end.
        case keepAlive
        /// To be answered with the same bytes.
        case pong(ByteBuffer)
        /// The peer breaks the rules, or wants to end: the connection is closed with this.
        case close(WebSocketErrorCode)
        case nothing
    }

    private let largestMessage: Int
    private let mostFragments: Int
    private var fragments: [UInt8] = []
    private var count = 0

    init(largestMessage: Int, mostFragments: Int) {
        self.largestMessage = largestMessage
        self.mostFragments = mostFragments
    }

    /// Whether a message has begun and not ended.
    var isWithinMessage: Bool { count > 0 }

    mutating func read(_ frame: WebSocketFrame) -> Action {
        // A client masks what it sends (section 5.1), and nobody has agreed on extensions.
        guard frame.maskKey != nil, !frame.rsv1, !frame.rsv2, !frame.rsv3 else { return .close(.protocolError) }
        switch frame.opcode {
        case .text, .binary:
            guard !isWithinMessage else { return .close(.protocolError) }
            return take(frame)
        case .continuation:
            guard isWithinMessage else { return .close(.protocolError) }
            return take(frame)
        case .ping: return .pong(frame.unmaskedData)
        case .pong: return .nothing
        case .connectionClose: return .close(.normalClosure)
        default: return .close(.protocolError)
        }
    }

    private mutating func take(_ frame: WebSocketFrame) -> Action {
        let data = frame.unmaskedData
        guard fragments.count + data.readableBytes <= largestMessage else { return .close(.messageTooLarge) }
        guard count < mostFragments else { return .close(.policyViolation) }
        fragments += data.readableBytesView
        count += 1
        guard frame.fin else { return .nothing }
        defer { (fragments, count) = ([], 0) }
        if fragments == [0x0D, 0x0A, 0x0D, 0x0A] { return .keepAlive }
        return fragments.isEmpty || fragments == [0x0D, 0x0A] ? .nothing : .message(fragments)
    }
}
