import Logging
import Platform
import Primitives
import SIPStack
import SIPWire

/// The registrar of devices (RFC 3261 section 10.3): who they are, where they can be reached, and for how long.
struct Registrar: Sendable {
    let context: PlatformContext
    let gate: SIPGate
    let book: DeviceBook
    let browsers: BrowserRegistrar
    let nodeID: Identifier
    /// Where the operator's own proxies are, whose `Path` is followed.
    let proxies: [IPNetwork]
    let executor: (any TaskExecutor)?

    /// On the event loop, when a REGISTER has come.
    func take(_ incoming: IncomingRequest) {
        Task(executorPreference: executor) { await answer(incoming) }
    }

    private func answer(_ incoming: IncomingRequest) async {
        do {
            if let pass = incoming.flow.pass as? BrowserPass { return try await browsers.answer(incoming, pass) }
            guard let username = incoming.request.headers.to?.uri.user else { return incoming.respond(400) }
            switch try await gate.identify(incoming.request, over: incoming.flow) {
            case .unproven:
                let challenges = try await gate.challenge(device: username, source: incoming.flow.address)
                incoming.respond(401, headers: challenges)
            case .refused(let challenges): incoming.respond(401, headers: challenges)
            case .trunk, .elsewhere: incoming.respond(403)
            case .device(let credential):
                // Who registers may do so for themselves only (section 10.3, step 4).
                guard credential.username == username else { return incoming.respond(403) }
                try await register(credential, incoming)
            }
        } catch let refusal as RegisterRefusal {
            refuse(incoming, refusal)
        } catch {
            context.logger.error("a device could not be registered", metadata: ["error": "\(error)"])
            incoming.respond(503, headers: [SIPHeaderField(.retryAfter, "5")])
        }
    }

    private func register(_ credential: SIPCredential, _ incoming: IncomingRequest) async throws {
        let path: [NameAddress]
        switch DevicePath(incoming.request, isTrusted: isProxy(incoming.flow)) {
        case .proxies(let proxies): path = proxies
        case .unexpected: return incoming.respond(420, headers: [SIPHeaderField(.unsupported, "path")])
        case .unreadable: return incoming.respond(400)
        }
        guard let wish = RegisterWish(incoming, path: path) else { return incoming.respond(400) }
        let place = DevicePlace(
            transport: DeviceTransport(incoming.flow.transport),
            address: incoming.flow.address,
            port: incoming.flow.port,
            nodeID: nodeID,
            userAgent: incoming.request.headers[.userAgent]
        )
        let before = try await FindDevices(context).named(credential.username, workspaceID: credential.workspaceID)
        let all = try await RegisterDevice(context)(credential.id, wish, from: place)
        for gone in before where !all.contains(where: { $0.id == gone.id }) { book.forget(gone.id) }
        for one in all where one.place == place { book.hold(one, incoming.flow) }
        incoming.respond(
            200,
            headers: Self.fields(of: all, at: context.serverClock.now(), incoming) + Self.fields(of: path, incoming)
        )
    }

    private func isProxy(_ flow: SIPFlow) -> Bool {
        IPAddress(parsing: flow.address).map { address in proxies.contains { $0.contains(address) } } ?? false
    }

    /// The path as it was kept, for a device that wants to know which proxies have added themselves (RFC 3327 section 5.3).
    private static func fields(of path: [NameAddress], _ incoming: IncomingRequest) -> [SIPHeaderField] {
        guard incoming.request.headers.has("path", in: .supported) else { return [] }
        return DevicePath.text(path).map { SIPHeaderField(.path, $0) }
    }

    /// What a 200 says of the contacts that there are now.
    static func fields(of all: [Registration], at now: Timestamp, _ incoming: IncomingRequest) -> [SIPHeaderField] {
        var fields = all.map { $0.contactField(at: now) }
        let headers = incoming.request.headers
        let isOutbound = all.contains { $0.instance != nil && $0.flowNumber != nil }
        // What was done by RFC 5626 is said (its section 6).
        if isOutbound, headers.has("outbound", in: .supported) { fields.append(SIPHeaderField(.require, "outbound")) }
        return fields
    }

    private func refuse(_ incoming: IncomingRequest, _ refusal: RegisterRefusal) {
        guard case .tooBrief(let minimum) = refusal else { return incoming.respond(refusal.sipStatus) }
        incoming.respond(423, headers: [SIPHeaderField(.minExpires, "\(minimum.components.seconds)")])
    }
}

extension DeviceTransport {
    init(_ transport: SIPTransport) {
        switch transport {
        case .udp: self = .udp
        case .tcp: self = .tcp
        case .tls: self = .tls
        case .ws: self = .ws
        case .wss: self = .wss
        }
    }
}
