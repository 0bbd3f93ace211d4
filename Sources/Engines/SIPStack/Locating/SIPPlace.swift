/// Where a message can be sent.
package struct SIPPlace: Sendable, Hashable {
    /// The numeric address.
    package let address: String
    /// Its port.
    package let port: Int
    /// How it is reached.
    package let transport: SIPTransport

    /// Makes a place.
    package init(address: String, port: Int, transport: SIPTransport) {
        self.address = address
        self.port = port
        self.transport = transport
    }

    /// The address as it stands in URIs and in `Via`.
    var host: String { address.contains(":") ? "[\(address)]" : address }
}
