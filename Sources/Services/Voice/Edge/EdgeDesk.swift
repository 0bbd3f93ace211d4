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
    private let holds = Mutex(Holds())

    init(_ place: NodePlace, secrets: SecretBox, devices: DeviceBook, browsers: BrowserDesk) {
        self.place = SIPPlace(place, .tcp)
        self.secrets = secrets
        self.devices = devices
        self.browsers = browsers
    }

    // MARK: For other nodes

    func registered(_ name: String) -> SIPFlow? {
        guard let id = Identifier(parsing: name) else { return nil }
        return browsers.flow(of: id) ?? devices.flow(of: id)
    }

    func held(_ name: String) -> SIPFlow? {
        holds.withLock { $0.flow(name) }
    }

    func hold(_ name: String, _ flow: SIPFlow) {
        holds.withLock { $0.put(name, flow, at: .now) }
    }

    func sign(_ text: String) -> String { secrets.sign(text) }

    // MARK: To other nodes

    /// The way to a contact whose connection another node has.
    ///
    /// - Parameter node: where that node is.
    func way(to registration: Registration, by node: NodePlace) -> DeviceWay? {
        guard let contact = SIPURI(registration.contact) else { return nil }
        // By UDP to whom is on UDP: who remembers nothing cannot send again what is lost behind it.
        let transport: SIPTransport = registration.place.transport == .udp ? .udp : .tcp
        let own = SIPPlace(address: place.address, port: place.port, transport: transport)
        let token = EdgeToken(heading: .device, flow: registration.id.bytes.hexString, node: own)
        let next = SIPPlace(node, transport)
        return DeviceWay(
            registration: registration,
            contact: contact,
            hop: .node(next, token.route(at: next) { secrets.sign($0) })
        )
    }
}

extension SIPPlace {
    fileprivate init(_ node: NodePlace, _ transport: SIPTransport) {
        self.init(address: node.address, port: node.port, transport: transport)
    }
}

/// The connections that calls go on by, until they are closed or no call can have lasted so long.
private struct Holds {
    private static let longest: Duration = .seconds(86_400)

    private var flows: [String: (flow: SIPFlow, since: ContinuousClock.Instant)] = [:]
    /// How many there may be before those that are over are looked for.
    private var room = 1024

    func flow(_ name: String) -> SIPFlow? {
        flows[name].flatMap { $0.flow.isOpen ? $0.flow : nil }
    }

    mutating func put(_ name: String, _ flow: SIPFlow, at now: ContinuousClock.Instant) {
        flows[name] = (flow, now)
        guard flows.count > room else { return }
        flows = flows.filter { $0.value.flow.isOpen && now - $0.value.since < Self.longest }
        room = max(1024, flows.count * 2)
    }
}
