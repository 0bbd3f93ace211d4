/// Decides who may speak SIP over WebSocket: the stack knows no tokens.
package protocol WebSocketGate: Sendable {
    /// Whether the handshake succeeds; asked before anything is upgraded, on no particular thread.
    func admit(_ handshake: WebSocketHandshake) async -> WebSocketVerdict
}
