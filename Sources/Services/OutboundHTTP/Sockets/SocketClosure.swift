/// How a WebSocket ended.
package enum SocketClosure: Sendable, Equatable, CustomStringConvertible {
    /// The peer closed it; without a code when it gave none.
    case byPeer(SocketCloseCode?, reason: String)
    /// We closed it.
    case byUs(SocketCloseCode)
    /// The peer broke a rule or a limit, and was told by a code.
    case violation(SocketViolation)
    /// The peer did not answer for this long.
    case silent(Duration)
    /// The connection broke, in the system's words.
    case lost(String)

    /// For timelines and callbacks. A reason is the peer's own words and has at most 123 bytes.
    package var description: String {
        switch self {
        case .byPeer(let code?, ""): "the server closed the WebSocket with code \(code.rawValue)"
        case .byPeer(let code?, let reason): "the server closed the WebSocket with code \(code.rawValue): \(reason)"
        case .byPeer(nil, _): "the server closed the WebSocket"
        case .byUs(let code): "the WebSocket was closed with code \(code.rawValue)"
        case .violation(let violation): "the WebSocket was closed because the server \(violation.description)"
        case .silent(let limit): "the server did not answer on the WebSocket for \(limit)"
        case .lost(let words): "the WebSocket's connection broke: \(words)"
        }
    }
}
