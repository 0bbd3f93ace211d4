/// How messages travel.
package enum SIPTransport: String, Sendable, Hashable {
    /// Datagrams.
    case udp = "UDP"
    /// A stream.
    case tcp = "TCP"
    /// A stream that nobody else can read.
    case tls = "TLS"

    /// The port when none was named (RFC 3261 section 19.1.2).
    package var standardPort: Int { self == .tls ? 5061 : 5060 }

    var isReliable: Bool { self != .udp }
}
