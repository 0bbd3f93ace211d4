/// Where a request goes first: a trunk, or the host of a URI.
package struct SIPTarget: Sendable, Hashable {
    /// Host name or address.
    package let host: String
    /// Its port.
    package let port: Int
    /// How it is reached.
    package let transport: SIPTransport

    /// The host's address, when it is known already; nothing is looked up then.
    package let address: String?

    /// Makes a target.
    package init(host: String, port: Int, transport: SIPTransport, address: String? = nil) {
        self.host = host
        self.address = address
        self.port = port
        self.transport = transport
    }
}
