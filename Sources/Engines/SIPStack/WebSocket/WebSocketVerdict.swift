/// What becomes of a handshake.
package enum WebSocketVerdict: Sendable {
    /// It succeeds; what arrives by the connection has this pass.
    case admitted(any FlowPass)
    /// It fails with this status and a sentence for whoever debugs it.
    case refused(status: Int, String)
}
