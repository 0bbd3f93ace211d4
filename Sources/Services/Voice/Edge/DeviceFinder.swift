import Logging
import Platform
import Primitives
import SIPStack

/// Finds the ways to devices and browsers: those of this node, and those whose connections other nodes have.
struct DeviceFinder: Sendable {
    /// Browsers that ring at once: an office has more people than telephones, and each that rings is a call.
    static let mostBrowsers = 20

    /// The ways to devices of this node.
    let devices: DeviceBook
    /// The browsers that are connected here.
    let browsers: BrowserDesk
    /// What other nodes reach by this one; nil when they do not.
    let edge: EdgeDesk?
    private let context: PlatformContext
    private let nodeID: Identifier

    init(
        _ context: PlatformContext,
        _ configuration: VoiceConfiguration,
        agent: SIPUserAgent,
        tokens: SIPTokenKeys,
        nodeID: Identifier
    ) {
        let devices = DeviceBook(
            context,
            agent: agent,
            interval: configuration.keepAlive,
            domain: configuration.sipDomain
        )
        let browsers = BrowserDesk(
            context,
            keys: tokens,
            connectionsPerToken: configuration.connectionsPerToken,
            isShared: configuration.place != nil
        )
        edge = configuration.place.map {
            EdgeDesk($0, secrets: context.secrets, devices: devices, browsers: browsers)
        }
        (self.devices, self.browsers, self.context, self.nodeID) = (devices, browsers, context, nodeID)
    }

    /// All that a number rings.
    func ways(toNumber e164: String, _ id: Identifier, of workspaceID: Identifier) async -> [DeviceWay] {
        let own = browsers.ways(toNumber: e164, of: workspaceID).prefix(Self.mostBrowsers)
        return await ways(Array(own)) {
            try await FindDevices(context).of(numberID: id)
        } elsewhere: {
            try await $0.ringing(e164, of: workspaceID)
        }
    }

    /// Somebody of a workspace: a credential's user name, or the identity of a token.
    func ways(named name: String, of workspaceID: Identifier) async -> [DeviceWay] {
        let own = browsers.ways(named: name, of: workspaceID).prefix(Self.mostBrowsers)
        return await ways(Array(own)) {
            try await FindDevices(context).named(name, workspaceID: workspaceID)
        } elsewhere: {
            try await $0.named(name, of: workspaceID)
        }
    }

    /// What cannot be looked up is not rung; the browsers of this node are known without.
    private func ways(
        _ ownBrowsers: [DeviceWay],
        _ telephones: () async throws -> [Registration],
        elsewhere: (FindBrowsers) async throws -> [Registration]
    ) async -> [DeviceWay] {
        let room = Self.mostBrowsers - ownBrowsers.count
        let find = FindBrowsers(context, elsewhereThan: nodeID, limit: room)
        let telephones = await found(telephones)
        let others = edge == nil || room == 0 ? [] : await found { try await elsewhere(find) }
        let (near, far) = (telephones.filter { !isElsewhere($0) }, telephones.filter { isElsewhere($0) } + others)
        return near.compactMap { devices.way(to: $0) } + ownBrowsers + (await ways(throughNodes: far))
    }

    private func found(_ look: () async throws -> [Registration]) async -> [Registration] {
        do {
            return try await look()
        } catch {
            context.logger.error("devices could not be looked up", metadata: ["error": "\(error)"])
            return []
        }
    }

    /// Whether another node should reach it: that has its connection, or has opened its NAT.
    private func isElsewhere(_ registration: Registration) -> Bool {
        registration.place.nodeID != nodeID && (registration.place.transport != .udp || registration.usesFlow)
    }

    /// A node that does not say where it is cannot be asked; then a NAT may let us through by itself, or a proxy before it.
    private func ways(throughNodes registrations: [Registration]) async -> [DeviceWay] {
        guard !registrations.isEmpty else { return [] }
        var places: [Identifier: NodePlace] = [:]
        do {
            places = edge == nil ? [:] : try await FindNodes(context).places()
        } catch {
            context.logger.error("nodes could not be looked up", metadata: ["error": "\(error)"])
        }
        return registrations.compactMap { registration in
            guard let edge, let place = places[registration.place.nodeID] else { return devices.way(to: registration) }
            return edge.way(to: registration, by: place)
        }
    }
}
