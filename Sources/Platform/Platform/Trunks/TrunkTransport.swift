/// How a trunk is reached.
package enum TrunkTransport: String, Sendable, CaseIterable {
    /// Datagrams.
    case udp
    /// A connection.
    case tcp
}
