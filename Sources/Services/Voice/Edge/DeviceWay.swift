import Platform
import SIPStack
import SIPWire

/// A device that can be reached from here.
struct DeviceWay: Sendable {
    /// How its messages leave this node.
    enum Hop: Sendable {
        /// By the device's own connection.
        case flow(SIPFlow)
        /// By the node that has its connection, which is asked so in a `Route`.
        case node(SIPPlace, NameAddress)
    }

    let registration: Registration
    let contact: SIPURI
    let hop: Hop

    /// What the device itself speaks.
    var transport: DeviceTransport { registration.place.transport }
}
