import Logging
import Platform
import Primitives
import SIPStack
import SIPWire

/// Takes the calls that come in: asks whose they are, and runs or refuses them.
struct InboundCalls: Sendable {
    let services: VoiceServices
    let nodeID: Identifier

    /// On the event loop, when an INVITE has come.
    ///
    /// - Parameter old: the call whose place it wants to take (RFC 3891).
    func take(_ session: SIPSession, replacing old: SIPSession? = nil) {
        guard let invitation = Self.invitation(session), let flow = session.source else {
            return session.reject(status: 400)
        }
        // From now on: the caller may have hung up before we know whose call it is.
        let mailbox = CallInbox.make(services.context.clock)
        session.onEvents { [inbox = mailbox.inbox] in inbox.put(.sip($0)) }
        Task(executorPreference: services.executor) { await decide(invitation, session, old, flow, mailbox) }
    }

    private func decide(
        _ invitation: InboundInvitation,
        _ session: SIPSession,
        _ old: SIPSession?,
        _ flow: SIPFlow,
        _ mailbox: (inbox: CallInbox, signals: AsyncStream<CallSignal>)
    ) async {
        var invitation = invitation
        do {
            if let pass = flow.pass as? BrowserPass { return try await take(session, of: pass, old, mailbox) }
            switch try await services.gate.identify(session.request, over: flow) {
            case .refused(let challenges): return session.reject(status: 401, headers: challenges)
            case .device(let credential):
                let calls = DeviceCalls(services: services, nodeID: nodeID)
                guard let old else { return try await calls.take(session, of: .telephone(credential), mailbox) }
                return try await calls.take(session, of: .telephone(credential), replacing: old, mailbox)
            case .elsewhere: return session.reject(status: 403)
            case .trunk(let id): invitation.provenTrunk = id
            case .unproven:
                let caller = session.request.headers.from?.uri.user ?? ""
                // Where a page is may be where a trunk is, too.
                if SIPCredential.isUsername(caller) || flow.pass is DevicePass {
                    let challenges = try await services.gate.challenge(device: caller, source: flow.address)
                    return session.reject(status: 401, headers: challenges)
                }
            }
            // The calls of telephones are not for carriers to take over.
            guard old == nil else { return session.reject(status: 403) }
            try await accept(invitation, session, flow, mailbox)
        } catch {
            services.context.logger.error("a call could not be taken", metadata: ["error": "\(error)"])
            session.reject(status: 503, retryAfter: 5)
        }
    }

    /// A browser whose token has ended goes on with its call, and begins no other.
    private func take(
        _ session: SIPSession,
        of pass: BrowserPass,
        _ old: SIPSession?,
        _ mailbox: (inbox: CallInbox, signals: AsyncStream<CallSignal>)
    ) async throws {
        guard pass.isValid(at: services.context.serverClock.now()) else {
            return session.reject(status: 401, headers: [BrowserRegistrar.challenge(pass)])
        }
        let calls = DeviceCalls(services: services, nodeID: nodeID)
        guard let old else { return try await calls.take(session, of: .browser(pass.token), mailbox) }
        try await calls.take(session, of: .browser(pass.token), replacing: old, mailbox)
    }

    private func accept(
        _ invitation: InboundInvitation,
        _ session: SIPSession,
        _ flow: SIPFlow,
        _ mailbox: (inbox: CallInbox, signals: AsyncStream<CallSignal>)
    ) async throws {
        switch try await AcceptCall(services.context)(invitation, nodeID: nodeID) {
        case .run(let call, let routing):
            let runner = CallRunner(
                call: call,
                origin: .offered(session, routing),
                services: services,
                mailbox: mailbox
            )
            services.calls.launch(runner, services.executor)
        case .challenge:
            session.reject(status: 401, headers: services.gate.challengeTrunk(source: flow.address))
        case .refuse(let refusal, _):
            VoiceMetrics.refused(refusal)
            session.reject(status: refusal.sipStatus)
        }
    }

    private static func invitation(_ session: SIPSession) -> InboundInvitation? {
        let request = session.request
        guard let origin = session.origin, let address = IPAddress(parsing: origin.address) else { return nil }
        // Registered trunks may send to our contact, and name the number in To.
        let named = [request.uri.user, request.headers.to?.uri.user].compactMap(\.self)
        guard let number = named.first(where: isNumber) ?? named.first else { return nil }
        let asserted = request.headers.all(.pAssertedIdentity).lazy.compactMap { NameAddress($0) }.first
        let caller = (asserted ?? request.headers.from)?.uri.user
        var invitation = InboundInvitation(source: address, sourcePort: origin.port, from: caller, to: number)
        invitation.contact = request.uri.user
        return invitation
    }

    private static func isNumber(_ text: String) -> Bool {
        text.count >= 3 && text.drop { $0 == "+" }.allSatisfy { $0.isASCII && $0.isNumber }
    }
}
