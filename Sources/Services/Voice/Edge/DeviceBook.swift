import Logging
import Platform
import Primitives
import SIPStack
import SIPWire
import Synchronization

/// The ways to the devices that this node can reach: holds connections and addresses in memory, keeps them open, and removes the
/// contacts of those that are gone.
final class DeviceBook: Sendable {
    private struct Entry {
        let registration: Registration
        let flow: SIPFlow
        /// When it is asked next whether it is there; nil when nobody need ask.
        var pingAt: ContinuousClock.Instant?
        var misses = 0
    }

    /// Questions without an answer after which a device is gone.
    private static let mostMisses = 2

    private let context: PlatformContext
    private let agent: SIPUserAgent
    private let interval: Duration
    private let domain: String
    private let entries = Mutex<[Identifier: Entry]>([:])

    /// - Parameter interval: how often a device behind NAT is asked whether it is there.
    init(_ context: PlatformContext, agent: SIPUserAgent, interval: Duration, domain: String) {
        self.context = context
        self.agent = agent
        self.interval = interval
        self.domain = domain
    }

    /// How many contacts are held here.
    var count: Int { entries.withLock { $0.count } }

    /// Holds the way to a contact until it expires or is gone.
    func hold(_ registration: Registration, _ flow: SIPFlow) {
        let asks = flow.transport == .udp && registration.usesFlow
        let entry = Entry(registration: registration, flow: flow, pingAt: asks ? .now + interval : nil)
        let before = entries.withLock { $0.updateValue(entry, forKey: registration.id) }
        guard flow.transport != .udp, before?.flow.isSame(as: flow) != true else { return }
        flow.onClose { [weak self] in self?.closed(registration.id, flow) }
    }

    /// Forgets a contact that is not registered any more.
    func forget(_ id: Identifier) {
        entries.withLock { _ = $0.removeValue(forKey: id) }
    }

    /// The way that a contact was registered by; nil when it is not held here.
    func flow(of id: Identifier) -> SIPFlow? { entries.withLock { $0[id]?.flow } }

    /// The way to a contact; nil when another node has its connection.
    func way(to registration: Registration) -> DeviceWay? {
        guard let contact = SIPURI(registration.contact) else { return nil }
        let held = entries.withLock { $0[registration.id] }
        let flow = registration.place.transport == .udp ? registration.directFlow : held?.flow
        guard let flow, flow.isOpen else { return nil }
        return DeviceWay(registration: registration, contact: contact, hop: .flow(flow))
    }

    /// Takes over the contacts of dead nodes, and asks those behind NAT whether they are there, until the task is cancelled.
    func keep(nodeID: Identifier, every beat: Duration) async {
        var adoptedAt: ContinuousClock.Instant?
        while !Task.isCancelled {
            if adoptedAt.map({ ContinuousClock.now - $0 >= .seconds(10) }) ?? true {
                await adopt(nodeID)
                adoptedAt = .now
            }
            askDue()
            do { try await Task.sleep(for: beat) } catch { return }
        }
    }

    private func adopt(_ nodeID: Identifier) async {
        do {
            for registration in try await KeepRegistrations(context).adopt(nodeID: nodeID) {
                if let flow = registration.directFlow { hold(registration, flow) }
            }
        } catch {
            context.logger.warning("registrations could not be taken over", metadata: ["error": "\(error)"])
        }
    }

    private func askDue() {
        let (moment, now) = (ContinuousClock.now, context.serverClock.now())
        let due = entries.withLock { entries in
            entries = entries.filter { $0.value.registration.expiresAt > now }
            let due = entries.values.filter { $0.pingAt.map { $0 <= moment } ?? false }
            // Not again before this one is answered.
            for entry in due { entries[entry.registration.id]?.pingAt = nil }
            return due
        }
        for entry in due { Task { await ask(entry) } }
    }

    private func ask(_ entry: Entry) async {
        guard let contact = SIPURI(entry.registration.contact) else { return }
        let outcome = await agent.send(
            OutgoingRequest(
                method: .options,
                uri: contact,
                from: NameAddress(uri: SIPURI(user: "keepalive", host: domain)),
                to: NameAddress(uri: contact),
                way: .flow(entry.flow),
                headers: entry.registration.route.map { SIPHeaderField(.route, $0.text) }
            )
        )
        // Whatever it answers, it is there.
        let isThere = outcome.status != nil
        let isGone = entries.withLock { entries in
            let id = entry.registration.id
            guard var current = entries[id], current.flow.isSame(as: entry.flow) else { return false }
            current.misses = isThere ? 0 : current.misses + 1
            current.pingAt = .now + interval
            entries[id] = current.misses < Self.mostMisses ? current : nil
            return current.misses >= Self.mostMisses
        }
        if isGone { await drop(entry.registration) }
    }

    private func closed(_ id: Identifier, _ flow: SIPFlow) {
        let gone = entries.withLock { entries -> Registration? in
            guard let entry = entries[id], entry.flow.isSame(as: flow) else { return nil }
            entries[id] = nil
            return entry.registration
        }
        if let gone { Task { await drop(gone) } }
    }

    private func drop(_ registration: Registration) async {
        do {
            try await KeepRegistrations(context).drop(registration)
        } catch {
            // It expires by itself.
            context.logger.warning("a registration could not be removed", metadata: ["error": "\(error)"])
        }
    }
}
