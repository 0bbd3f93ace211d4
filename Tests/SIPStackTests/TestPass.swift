import SIPStack
import TestSupport

/// Lets in whoever shows the token `good`, and counts who has left.
final class TestPass: FlowPass, WebSocketGate {
    let handshakes = Locked<[WebSocketHandshake]>([])
    let closed = Locked(0)

    func admit(_ handshake: WebSocketHandshake) async -> WebSocketVerdict {
        handshakes.withLock { $0.append(handshake) }
        switch handshake.token {
        case "good": return .admitted(self)
        case "busy": return .refused(status: 429, "Too many connections.")
        case "suspended": return .refused(status: 403, "Not you.")
        default: return .refused(status: 401, "Who are you?")
        }
    }

    func isSamePeer(as other: any FlowPass) -> Bool { other === self }

    func connectionClosed() {
        closed.withLock { $0 += 1 }
    }
}
