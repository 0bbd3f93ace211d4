/// How messages travel.
package enum SIPTransport: String, Sendable, Hashable {
    /// Datagrams.
    case udp = "UDP"
    /// A stream.
    case tcp = "TCP"

    var isReliable: Bool { self != .udp }
}
