import NIOCore

/// Where a message goes, resolved.
struct SIPDestination: Sendable {
    let transport: SIPTransport
    let address: SocketAddress
    /// The connection that a request came by; its responses go back by it.
    var connection: (any Channel)?
    /// The name that a TLS server must prove; nil to go by its address.
    var serverName: String?
    /// Where a request really came from, when its responses go elsewhere.
    var source: SocketAddress?

    /// Who is at the other end of the connection, as its gate has found out.
    var pass: (any FlowPass)?

    /// The way back to where a request really came from.
    var flow: SIPDestination {
        var flow = SIPDestination(transport: transport, address: source ?? address, connection: connection)
        flow.pass = pass
        return flow
    }

    init(transport: SIPTransport, address: SocketAddress, connection: (any Channel)? = nil) {
        self.transport = transport
        self.address = address
        self.connection = connection
    }
}
