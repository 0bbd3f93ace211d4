/// Where a voice node takes SIP messages of other nodes, by TCP.
package struct NodePlace: Sendable, Equatable {
    /// The numeric address.
    package let address: String
    /// Its port.
    package let port: Int

    /// Makes a place.
    package init(address: String, port: Int) {
        self.address = address
        self.port = port
    }
}
