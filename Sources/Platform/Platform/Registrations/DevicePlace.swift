package import Primitives

/// Where a device is, as the node that it registered with sees it.
package struct DevicePlace: Sendable, Equatable {
    /// How it is reached.
    package let transport: DeviceTransport
    /// The numeric address that its REGISTER came from.
    package let address: String
    /// The port there.
    package let port: Int
    /// The node that has its connection, or to which its NAT lets messages pass.
    package let nodeID: Identifier
    /// What it says of itself.
    package let userAgent: String?

    /// Makes a place.
    package init(transport: DeviceTransport, address: String, port: Int, nodeID: Identifier, userAgent: String?) {
        self.transport = transport
        self.address = address
        self.port = port
        self.nodeID = nodeID
        self.userAgent = userAgent.map { String($0.prefix(200)) }
    }
}
