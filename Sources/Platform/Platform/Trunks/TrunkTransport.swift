/// How a trunk is reached.
package enum TrunkTransport: String, Sendable, CaseIterable {
    /// Datagrams.
    case udp
    /// A connection.
    case tcp
    /// A connection that nobody else can read, to a host that proves who it is.
    case tls

    /// The port when none was named (RFC 3261 section 19.1.2).
    package var standardPort: Int { self == .tls ? 5061 : 5060 }
}
