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
            case .trunk: incoming.respond(403)
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
        guard let wish = RegisterWish(incoming) else { return incoming.respond(400) }
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
        incoming.respond(200, headers: Self.fields(of: all, at: context.serverClock.now(), incoming))
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
