/// A WebSocket that is to be opened at a customer's server.
package struct SocketRequest: Sendable {
    /// An absolute ws or wss URL, as the customer wrote it.
    package var url: String
    /// The subprotocol that is offered, and that the server must take (RFC 6455 section 1.9); nil for none.
    package var subprotocol: String?
    /// Headers besides those of the handshake, in their order; what a header must not hold is taken out.
    package var headers: [(name: String, value: String)]
    /// How long it may take until messages can be sent: the name, the connection, TLS and the handshake. Default 10 s.
    package var timeout: Duration

    /// Makes a request.
    package init(
        _ url: String,
        subprotocol: String? = nil,
        headers: [(name: String, value: String)] = [],
        timeout: Duration = .seconds(10)
    ) {
        self.url = url
        self.subprotocol = subprotocol
        self.headers = headers
        self.timeout = timeout
    }
}
