import NIOCore

/// The way that a message came by, on which others go back: an address and port for UDP, a connection for streams (RFC 5626
/// section 4.3). It is the only way to a telephone behind NAT.
package struct SIPFlow: Sendable {
    let destination: SIPDestination

    init(_ destination: SIPDestination) {
        self.destination = destination
    }

    /// The way to a UDP address that is known from before; nil when it is not a numeric address and a port.
    package init?(udpAddress address: String, port: Int) {
        guard let address = try? SocketAddress(ipAddress: address, port: port) else { return nil }
        destination = SIPDestination(transport: .udp, address: address)
    }

    /// How messages travel.
    package var transport: SIPTransport { destination.transport }

    /// The peer's numeric address, as it is seen from here.
    package var address: String { destination.address.ipAddress ?? "" }

    /// Its port.
    package var port: Int { destination.address.port ?? 0 }

    /// Who is at the other end, as the gate of its connection has found out; nil where there is no gate.
    package var pass: (any FlowPass)? { destination.pass }

    /// Whether messages can be sent; a datagram always can.
    package var isOpen: Bool { destination.transport == .udp || destination.connection?.isActive == true }

    /// Whether two are the same way.
    package func isSame(as other: SIPFlow) -> Bool {
        transport == other.transport && destination.address == other.destination.address
            && destination.connection === other.destination.connection
    }

    /// Calls back on the event loop when the connection is closed; never for UDP.
    package func onClose(_ work: @escaping @Sendable () -> Void) {
        destination.connection?.closeFuture.whenComplete { _ in work() }
    }
}
