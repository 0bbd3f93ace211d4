/// Where a request goes first: a trunk.
package struct SIPTarget: Sendable, Hashable {
    /// Host name or address.
    package let host: String
    /// Its port.
    package let port: Int
    /// How it is reached.
    package let transport: SIPTransport

    /// Makes a target.
    package init(host: String, port: Int, transport: SIPTransport) {
        self.host = host
        self.port = port
        self.transport = transport
    }
}
