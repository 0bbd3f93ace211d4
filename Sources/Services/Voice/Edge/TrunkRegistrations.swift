import Database
import Logging
import Platform
import Primitives
import SIPStack

/// Keeps us registered with the trunks that want it, those that this node has leased.
actor TrunkRegistrations {
    private struct Running {
        let trunk: Trunk
        let task: Task<Void, Never>
    }

    /// How often leases are renewed; they last three times as long.
    private static let beat: Duration = .seconds(10)

    private let services: VoiceServices
    private let nodeID: Identifier
    private var running: [Identifier: Running] = [:]

    init(services: VoiceServices, nodeID: Identifier) {
        self.services = services
        self.nodeID = nodeID
    }

    /// Works until the task is cancelled; then unregisters, and lets others have the trunks.
    func run() async {
        let (wakes, _) = WakeSource.merge(
            services.context.database.notifications(Channel.trunks),
            every: Self.beat
        )
        for await _ in wakes {
            if Task.isCancelled { break }
            await renew()
        }
        let last = Array(running.values)
        running = [:]
        for one in last { one.task.cancel() }
        for one in last {
            await one.task.value
            VoiceMetrics.trunk(one.trunk.name, isRegistered: false)
        }
    }

    private func renew() async {
        do {
            let leases = try await LeaseTrunks(services.context)(nodeID: nodeID)
            for (id, one) in running where !leases.contains(where: { $0.trunk == one.trunk }) {
                one.task.cancel()
                running[id] = nil
                VoiceMetrics.trunk(one.trunk.name, isRegistered: false)
            }
            for lease in leases where running[lease.trunk.id] == nil {
                let registrar = TrunkRegistrar(services: services, nodeID: nodeID, lease: lease)
                running[lease.trunk.id] = Running(trunk: lease.trunk, task: Task { await registrar.run() })
            }
        } catch {
            services.context.logger.warning("trunks could not be leased", metadata: ["error": "\(error)"])
        }
    }
}
