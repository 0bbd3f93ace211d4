import Logging
import MediaEngine
import Platform
import Primitives
import SDPWire
import SIPStack
import SIPWire
import WebRTCGateway

/// How a call begins: dialled over the trunks or to where its leg goes, or taken as it comes in.
extension CallRunner {
    func dial() async {
        let now = services.context.clock.now()
        do {
            let routes = try await routes()
            try openMedia(toBrowser: routes.first?.isBrowser == true)
            await perform(.dial(routes), at: now)
        } catch is MediaError, is DTLSFault {
            await perform(.noMediaPort, at: now)
        } catch let refusal as SIPHosts.Refusal {
            await note("sip.host_refused", ["reason": .string(refusal.reason)], at: now)
            await perform(.hangUp(.noRouteDestination), at: now)
        } catch {
            logger.error("trunks could not be read", metadata: ["error": "\(error)"])
            await perform(.hangUp(.normalTemporaryFailure), at: now)
        }
    }

    private func routes() async throws -> [CallRoute] {
        switch origin {
        case .leg(_, .device(let way)): return CallRoute.routes(to: way)
        case .leg(_, .sip(let uri)): return [.address(try await services.hosts.way(to: uri))]
        case .leg(_, .number), .placed, .offered, .device, .replacing:
            return try await ListTrunks(services.context).matching(call.to, workspaceID: call.workspaceID)
                .map { .trunk($0) }
        }
    }

    /// Rings, and asks the number's server what to do; or refuses what nobody could hear.
    func take(_ session: SIPSession) async {
        let now = services.context.clock.now()
        self.session = session
        sessions.append(session)
        await perform(.offered, at: now)
        do {
            try openMedia(toBrowser: Self.isBrowser(session))
        } catch {
            return await perform(.noMediaPort, at: now)
        }
        guard media?.prepare(session.request.body) == true else { return await perform(.incompatible, at: now) }
        answerLaterOffers(session)
        if isDevice { takeReferrals(session) }
        if case .device = origin { return await connectDevice(at: now) }
        if case .replacing(_, let old) = origin { return await replace(old, at: now) }
        if call.voiceCallbackURL == nil { return await ringDevices(at: now) }
        await steer(.beginAtURL, at: now)
    }

    func invite(_ route: CallRoute) {
        guard let offers = media?.offers else { return }
        media?.startOver()
        let (domain, offer) = (services.configuration.sipDomain, offers.offer(isSecured: route.isSecured))
        let invitation =
            switch route {
            case .trunk(let trunk): OutgoingInvitation(call, over: trunk, domain: domain, offer: offer)
            case .device(let way, _): OutgoingInvitation(call, to: way, domain: domain, offer: offer)
            case .address(let way): OutgoingInvitation(call, to: way, domain: domain, offer: offer)
            }
        let session = services.agent.invite(invitation) { [inbox] in inbox.put(.sip($0)) }
        self.session = session
        sessions.append(session)
        answerLaterOffers(session)
        if case .device = route { takeReferrals(session) }
    }

    /// Answers the INVITE, and lets media flow as it says.
    func answerOffer() {
        guard let body = media?.accept() else { return }
        session?.answer(body: body)
    }

    private func openMedia(toBrowser isBrowser: Bool) throws {
        let sessionID = UInt64(call.createdAt.millisecondsSinceEpoch.magnitude)
        let onEvent: @Sendable (MediaEvent) -> Void = { [inbox] in inbox.put(.media($0)) }
        media =
            if isBrowser {
                try .browser(
                    services,
                    sessionID: sessionID,
                    prefersOpus: parent?.mayHaveOpus == true,
                    onEvent: onEvent
                ) { [inbox] in inbox.put(.browser($0)) }
            } else {
                try .phone(services, sessionID: sessionID, onEvent: onEvent)
            }
    }

    /// Whoever offers as browsers do is one, by whatever way it signals; who offers nothing is known by that way.
    private static func isBrowser(_ session: SIPSession) -> Bool {
        let offer = session.request.body
        if offer.isEmpty { return session.source?.transport.isWebSocket == true }
        return (try? SessionDescription(parsing: offer))?.isWebRTC == true
    }

    private func answerLaterOffers(_ session: SIPSession) {
        guard let offers = media?.offers else { return }
        session.answerOffers { [inbox] offer in
            guard let (body, audio) = offers.answer(offer) else { return nil }
            inbox.put(.reoffered(audio))
            return body
        }
    }
}
