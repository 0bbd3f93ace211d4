import Platform
import SIPStack
import SIPWire

/// A device that can be reached from here.
struct DeviceWay: Sendable {
    let registration: Registration
    let contact: SIPURI
    let flow: SIPFlow

    /// The proxies on the way, the first of which is at the other end of the flow.
    var route: [NameAddress] { registration.route }
}
