/// How a trunk is reached.
package enum TrunkTransport: String, Sendable, CaseIterable {
    /// Datagrams.
    case udp
    /// A connection.
    case tcp
    /// A connection that nobody else can read, to a host that proves who it is.
    case tls
}
