import NIOCore
import SIPWire
import Synchronization

/// What happens within an answered call: BYE, offers, refreshes, INFO.
extension SIPSession {
    /// Sends a BYE and reports the end at once: nothing the peer answers changes it.
    func bye(q850: Int?, then end: SessionEnd) {
        guard state == .established else { return }
        sendInDialog(.bye) { request in
            if let q850 { request.headers.add(.reason, SIPReason.text(q850: q850)) }
        } onFinal: { _ in
        }
        close(end)
    }

    /// Deals with a request that belongs to this call.
    func receive(_ request: SIPRequest, in transaction: ServerTransaction) {
        guard state != .ended, let number = request.headers.cseq?.number, isOfPeer(transaction.origin) else {
            return respond(481, request, transaction)
        }
        guard var current = dialog else { return receiveEarly(request, in: transaction) }
        guard current.accept(number) else { return respond(500, request, transaction) }
        if let contact = request.headers.contact, request.method == .invite || request.method == .update {
            current.remoteTarget = contact.uri
            // A browser whose connection was cut goes on by another (RFC 5626).
            if flow?.pass != nil { flow = transaction.origin.flow }
        }
        dialog = current
        switch request.method {
        case .bye:
            respond(200, request, transaction)
            close(.remoteBye(q850: SIPReason.q850Cause(request.headers)))
        case .invite, .update: reoffer(request, transaction)
        case .info:
            respond(200, request, transaction)
            onEvent(.info(contentType: request.headers[.contentType] ?? "", body: request.body))
        case .options: respond(200, request, transaction)
        case .refer: referred(request, transaction)
        case .notify: notified(request, transaction)
        default:
            var response = request.response(405)
            response.headers.add(.allow, UserAgentCore.allow)
            core.transactions.respond(response, in: transaction)
        }
    }

    /// Whether a message may belong to this call, where the peer's gate knows who it is: knowing the call's tags is no proof.
    private func isOfPeer(_ origin: SIPDestination) -> Bool {
        guard let ours = flow?.pass else { return true }
        return origin.pass.map { ours.isSamePeer(as: $0) } ?? false
    }

    /// Follows the session timer's plan from now on.
    func follow(_ plan: SessionTimer.Plan) {
        refreshTask?.cancel()
        switch plan {
        case .refresh(let wait): refreshTask = core.schedule(wait) { [weak self] in self?.refresh() }
        case .expire(let wait):
            refreshTask = core.schedule(wait) { [weak self] in self?.bye(q850: 102, then: .expired) }
        }
    }

    /// A refresh, a hold or a changed address: the body is an offer, or there is none.
    private func reoffer(_ request: SIPRequest, _ transaction: ServerTransaction) {
        // Glare: both sides ask at once, and both are to try again at different times (RFC 3261 section 14.2).
        let isOffer = request.method == .invite || !request.body.isEmpty
        guard !isReinviting || !isOffer else { return respond(491, request, transaction) }
        guard !isOffer || offerPace.admit(at: age) else { return putOff(request, transaction) }
        let seconds = request.headers[.sessionExpires].flatMap { SessionExpires($0) }?.seconds
        let minimum = Int(core.configuration.minSessionExpires.components.seconds)
        if let seconds, seconds < minimum {
            var response = request.response(422)
            response.headers.add(.minSE, "\(minimum)")
            return core.transactions.respond(response, in: transaction)
        }
        var body: [UInt8] = []
        if !request.body.isEmpty {
            guard let answer = onOffer?(request.body) else { return respond(488, request, transaction) }
            localDescription = answer
            body = answer
        } else if request.method == .invite {
            body = localDescription
        }
        let (plan, header) = timer.plan(asCallee: request, wanted: core.configuration.sessionExpires)
        var response = request.response(200)
        response.headers.add(.contact, core.contact(for: transaction.origin.transport).text)
        if request.headers.has("timer", in: .supported) {
            response.headers.add(.require, "timer")
            response.headers.add(.sessionExpires, header.text)
        }
        if !body.isEmpty { response.headers.add(.contentType, "application/sdp") }
        response.body = body
        if request.method == .invite {
            sendAnswer(response, in: transaction, isNews: request.body.isEmpty)
        } else {
            core.transactions.respond(response, in: transaction)
        }
        follow(plan)
    }

    /// A peer that makes offers without end is told to wait; the session stays as it is (RFC 3261 section 14.2).
    private func putOff(_ request: SIPRequest, _ transaction: ServerTransaction) {
        core.counters.refused.add(1, ordering: .relaxed)
        var response = request.response(500, toTag: localTag)
        response.headers.add(.retryAfter, "\(OfferPace.retryAfter)")
        core.transactions.respond(response, in: transaction)
    }

    /// Refreshes by re-INVITE with our unchanged description; a peer that is gone ends the call.
    private func refresh() {
        guard state == .established else { return }
        let seconds = Int(timer.interval.components.seconds)
        isReinviting = true
        sendInDialog(.invite) { request in
            request.headers.add(.contact, self.core.contact(for: self.peer?.transport ?? .udp).text)
            request.headers.add(.supported, "timer")
            request.headers.add(.sessionExpires, SessionExpires(seconds: seconds, refresher: .uac).text)
            request.headers.add(.contentType, "application/sdp")
            request.body = self.localDescription
        } onFinal: { [weak self] response in
            guard let self, state == .established else { return }
            isReinviting = false
            switch response?.status {
            case .some(200..<300):
                follow(timer.plan(asCaller: response ?? SIPResponse(status: 200, reason: ""), wanted: timer.interval))
                onEvent(.refreshed(body: response?.body ?? []))
            // No answer, no way to the peer, or it no longer knows the call (RFC 4028 section 10, RFC 5057).
            case nil, .some(404), .some(408), .some(410), .some(430), .some(481): bye(q850: 102, then: .expired)
            // Glare or a refusal: the session stands, and is refreshed once more before it ends.
            default: follow(.refresh(after: timer.interval / 4))
            }
        }
    }

    /// Sends a request within the dialog, answering one challenge; `onFinal` gets nil when nobody answered.
    func sendInDialog(
        _ method: SIPMethod,
        prepare: @escaping (inout SIPRequest) -> Void,
        onFinal: @escaping (SIPResponse?) -> Void
    ) {
        guard var current = dialog, let destination = destination(of: current) else {
            return onFinal(nil)
        }
        var request = current.request(method)
        dialog = current
        request.headers.prepend(.via, core.via(for: destination.transport).text)
        prepare(&request)
        transact(request, to: destination, Authentication(), onFinal)
    }

    private func transact(
        _ request: SIPRequest,
        to destination: SIPDestination,
        _ authentication: Authentication,
        _ onFinal: @escaping (SIPResponse?) -> Void
    ) {
        core.transactions.start(request, to: destination) { [weak self] news in
            guard case .response(let response) = news else { return onFinal(nil) }
            guard response.status >= 200 else { return }
            if request.method == .invite, response.status < 300 {
                self?.acknowledgeRefresh(request, response, destination)
            }
            var next = request
            var authentication = authentication
            guard let self, response.status == 401 || response.status == 407,
                authentication.answer(response, account: invitation?.account, cnonce: core.token(), on: &next)
            else { return onFinal(response) }
            dialog?.localNumber += 1
            next.headers.set(.cseq, CSeq(dialog?.localNumber ?? 1, request.method).text)
            next.headers.set(.via, core.via(for: destination.transport).text)
            transact(next, to: destination, authentication, onFinal)
        }
    }

    private func acknowledgeRefresh(_ invite: SIPRequest, _ response: SIPResponse, _ destination: SIPDestination) {
        guard var current = dialog else { return }
        var ack = current.request(.ack, number: invite.headers.cseq?.number ?? 1)
        ack.headers.prepend(.via, core.via(for: destination.transport).text)
        core.send(ack, to: destination)
    }

    func respond(_ status: Int, _ request: SIPRequest, _ transaction: ServerTransaction) {
        core.transactions.respond(request.response(status, toTag: localTag), in: transaction)
    }
}
