import Platform
import Primitives
import SIPStack
import SIPWire
import Synchronization

/// The connections of devices and browsers by which other nodes' calls reach them, and the way to those that other nodes have.
final class EdgeDesk: EdgeGate {
    let place: SIPPlace
    private let secrets: SecretBox
    private let devices: DeviceBook
    private let browsers: BrowserDesk
    /// Connections that devices have gone on by in the middle of a call.
    private let moved = Mutex<[String: SIPFlow]>([:])

    init(_ place: NodePlace, secrets: SecretBox, devices: DeviceBook, browsers: BrowserDesk) {
        self.place = SIPPlace(place)
        self.secrets = secrets
        self.devices = devices
        self.browsers = browsers
    }

    // MARK: For other nodes

    func flow(named name: String, isNew: Bool) -> SIPFlow? {
        if !isNew, let flow = moved.withLock({ $0[name] }), flow.isOpen { return flow }
        guard let id = Identifier(parsing: name) else { return nil }
        return browsers.flow(of: id, isNew: isNew) ?? devices.flow(of: id)
    }

    func moved(_ name: String, to flow: SIPFlow) {
        moved.withLock { $0[name] = flow }
        flow.onClose { [weak self] in
            self?.moved.withLock { moved in
                if moved[name]?.isSame(as: flow) == true { moved[name] = nil }
            }
        }
    }

    func sign(_ text: String) -> String { secrets.sign(text) }

    // MARK: To other nodes

    /// The way to a contact whose connection another node has.
    ///
    /// - Parameter node: where that node is.
    func way(to registration: Registration, by node: NodePlace) -> DeviceWay? {
        guard let contact = SIPURI(registration.contact) else { return nil }
        let token = EdgeToken(heading: .device, flow: registration.id.uuidString, node: place)
        let proxy = token.route(at: SIPPlace(node)) { secrets.sign($0) }
        return DeviceWay(registration: registration, contact: contact, hop: .node(SIPPlace(node), proxy))
    }
}

extension SIPPlace {
    fileprivate init(_ node: NodePlace) {
        self.init(address: node.address, port: node.port, transport: .tcp)
    }
}
