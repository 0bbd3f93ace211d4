/// How messages travel.
package enum SIPTransport: String, Sendable, Hashable {
    /// Datagrams.
    case udp = "UDP"
    /// A stream.
    case tcp = "TCP"
    /// A stream that nobody else can read.
    case tls = "TLS"

    var isReliable: Bool { self != .udp }
}
