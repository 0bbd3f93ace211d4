import Platform
import SIPStack
import SIPWire

/// A device that can be reached from here.
struct DeviceWay: Sendable {
    let registration: Registration
    let contact: SIPURI
    let flow: SIPFlow
}
