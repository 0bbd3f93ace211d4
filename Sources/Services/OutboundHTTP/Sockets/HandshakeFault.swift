/// Why a server's answer opens no WebSocket (RFC 6455 section 4.1).
enum HandshakeFault: Error, Equatable, CustomStringConvertible {
    /// It refused, or is no WebSocket server; redirects are not followed.
    case status(UInt)
    /// It does not say that the connection is upgraded.
    case connection
    /// It took another subprotocol than the one that was offered, or none.
    case subprotocol(wanted: String?, got: String?)
    /// It uses an extension, of which none was offered.
    case extensions
    /// The headers are more than this.
    case headersTooLarge(limitBytes: Int)
    /// It is not the answer to our key.
    case notAccepted
    /// The connection ended before it.
    case ended

    /// For timelines and callbacks.
    var description: String {
        switch self {
        case .status(let code): "the server answered the WebSocket handshake with \(code)"
        case .connection: "the server's answer does not upgrade the connection to a WebSocket"
        case .subprotocol(let wanted?, let got?):
            "the server took the subprotocol \(got.prefix(60)) instead of \(wanted)"
        case .subprotocol(let wanted?, nil): "the server did not take the subprotocol \(wanted)"
        case .subprotocol(nil, _): "the server took a subprotocol that was not offered"
        case .extensions: "the server uses a WebSocket extension that was not offered"
        case .headersTooLarge(let limit): "the answer's headers are larger than \(limit) bytes"
        case .notAccepted: "the server's answer does not fit the WebSocket handshake"
        case .ended: "the server ended the connection during the WebSocket handshake"
        }
    }
}
