/// How messages travel.
package enum SIPTransport: String, Sendable, Hashable {
    /// Datagrams.
    case udp = "UDP"
    /// A stream.
    case tcp = "TCP"
    /// A stream that nobody else can read.
    case tls = "TLS"

    /// Frames of a WebSocket connection (RFC 7118).
    case ws = "WS"
    /// Those of one that nobody else can read.
    case wss = "WSS"

    /// The port when none was named (RFC 3261 section 19.1.2, RFC 7118 section 9.2).
    package var standardPort: Int {
        switch self {
        case .udp, .tcp: 5060
        case .tls: 5061
        case .ws: 80
        case .wss: 443
        }
    }

    /// Whether browsers speak it: they connect to us, and we never to them.
    package var isWebSocket: Bool { self == .ws || self == .wss }

    /// As URIs name it: both sorts of WebSocket have one name (RFC 7118 section 5.2.4).
    var parameter: String { isWebSocket ? "ws" : rawValue.lowercased() }

    var isReliable: Bool { self != .udp }
}
