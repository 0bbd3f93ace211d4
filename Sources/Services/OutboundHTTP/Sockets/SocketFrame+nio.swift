import NIOCore
import NIOWebSocket

extension SocketFrame {
    /// What the library read.
    init(_ frame: WebSocketFrame) {
        self.init(
            opcode: UInt8(webSocketOpcode: frame.opcode),
            isLast: frame.fin,
            hasReservedBit: frame.rsv1 || frame.rsv2 || frame.rsv3,
            isMasked: frame.maskKey != nil,
            payload: Array(frame.data.readableBytesView)
        )
    }
}

extension SocketViolation {
    /// What the library found in a frame's head; nil for any other error.
    init?(_ error: any Error, _ settings: SocketSettings) {
        guard let error = error as? NIOWebSocketError else { return nil }
        switch error {
        case .invalidFrameLength: self = .tooLarge(limitBytes: settings.maxFrameBytes)
        case .fragmentedControlFrame, .multiByteControlFrameLength: self = .controlFrame
        }
    }
}
