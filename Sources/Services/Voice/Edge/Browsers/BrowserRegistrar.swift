import Platform
import Primitives
import SIPStack
import SIPWire

/// Registers browsers: their connection has proven who they are, and a later token (RFC 8898) renews that.
struct BrowserRegistrar: Sendable {
    let context: PlatformContext
    let desk: BrowserDesk
    let nodeID: Identifier

    /// - Throws: `RegisterRefusal`; `DatabaseError`.
    func answer(_ incoming: IncomingRequest, _ pass: BrowserPass) async throws {
        if let text = Self.token(in: incoming.request) {
            do {
                try await desk.renew(pass, with: text)
            } catch let refusal as SIPTokenRefusal {
                let status = refusal.isAboutToken ? 401 : 403
                return incoming.respond(status, headers: status == 401 ? [Self.challenge(pass)] : [])
            }
        }
        guard pass.isValid(at: context.serverClock.now()) else {
            return incoming.respond(401, headers: [Self.challenge(pass)])
        }
        // Who registers may do so for themselves only (RFC 3261 section 10.3, step 4).
        guard incoming.request.headers.to?.uri.user == pass.token.user else { return incoming.respond(403) }
        guard let wish = RegisterWish(incoming) else { return incoming.respond(400) }
        let place = DevicePlace(
            transport: DeviceTransport(incoming.flow.transport),
            address: incoming.flow.address,
            port: incoming.flow.port,
            nodeID: nodeID,
            userAgent: incoming.request.headers[.userAgent]
        )
        let all = try desk.register(pass, wish, from: place, over: incoming.flow)
        await desk.publish(pass)
        incoming.respond(200, headers: Registrar.fields(of: all, at: context.serverClock.now(), incoming))
    }

    /// What is asked of a browser whose token has ended.
    static func challenge(_ pass: BrowserPass) -> SIPHeaderField {
        let realm = pass.token.workspaceID.uuidString
        return SIPHeaderField(.wwwAuthenticate, "Bearer realm=\"\(realm)\", error=\"invalid_token\"")
    }

    private static func token(in request: SIPRequest) -> String? {
        guard let value = request.headers[.authorization], value.lowercased().hasPrefix("bearer ") else { return nil }
        return String(value.dropFirst(7).drop { $0 == " " })
    }
}
