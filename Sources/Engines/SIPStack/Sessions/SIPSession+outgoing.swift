import NIOCore
import SIPWire

/// The caller's side: INVITE, its responses, CANCEL and challenges.
extension SIPSession {
    /// Sends the INVITE to the first place; the others follow when it does not answer.
    func start(_ invitation: OutgoingInvitation, at destinations: [SIPDestination]) {
        self.invitation = invitation
        peer = destinations.first
        alternatives = Array(destinations.dropFirst())
        localDescription = invitation.offer
        ringTask = core.schedule(invitation.ringTimeout) { [weak self] in self?.ringTooLong() }
        sendInvite()
    }

    /// A trunk that has not even said 100 by now is dead, and no phone rings there: its owner may try another at once.
    /// Should it wake up after all, it is told that the call is off.
    private func ringTooLong() {
        guard !hasProvisional else { return cancel(.ringTimeout) }
        tellLast(.failed(.noResponse))
        cancel(.noResponse)
    }

    /// Withdraws the INVITE. A CANCEL may not be sent before a provisional response (RFC 3261 section 9.1).
    func cancel(_ reason: SessionFailure) {
        guard state == .inviting, cancellation == nil else { return }
        cancellation = reason
        if hasProvisional { sendCancel() }
        // Whatever the peer does, the owner hears the end; a late 2xx is still acknowledged and hung up.
        ringTask?.cancel()
        ringTask = core.schedule(core.configuration.timers.timeout) { [weak self] in self?.fail(reason) }
    }

    func sendInvite() {
        guard let peer else { return }
        invite.headers.set(.via, core.via(for: peer.transport).text)
        attempts += 1
        let (sent, number) = (invite, attempts)
        watchForSilence()
        core.transactions.start(sent, to: peer) { [weak self] news in
            guard let self else { return }
            if number == attempts { receive(news) } else { receiveLate(news, of: sent, at: peer) }
        }
    }

    private func sendCancel() {
        guard !hasSentCancel, let peer else { return }
        hasSentCancel = true
        core.transactions.start(SIPRequest(cancelOf: invite), to: peer) { _ in }
    }

    private func receive(_ news: ClientTransaction.News) {
        silenceTask?.cancel()
        switch news {
        case .timeout: if !tryNextPlace() { fail(cancellation ?? .noResponse) }
        case .transportFailure: if !tryNextPlace() { fail(cancellation ?? .transport) }
        case .response(let response):
            if response.status == 503, tryNextPlace() { return }
            if response.status != 503, let peer { core.noteAnswer(of: peer) }
            switch response.status {
            case 100..<200: provisional(response)
            case 200..<300: success(response)
            case 401, 407: challenged(response)
            case 422: tooShort(response)
            default: fail(cancellation ?? .status(response.status, q850: SIPReason.q850Cause(response.headers)))
            }
        }
    }

    private func provisional(_ response: SIPResponse) {
        hasProvisional = true
        if cancellation != nil { return sendCancel() }
        guard state == .inviting, response.status > 100 else { return }
        onEvent(.provisional(status: response.status, body: response.body))
    }

    /// A 2xx of the fork that won, of one that lost, of one that came too late, or a retransmission: each gets its ACK.
    private func success(_ response: SIPResponse) {
        guard var answered = Dialog(invite: invite, response: response) else { return }
        if let dialog, dialog.remoteTag == answered.remoteTag { return acknowledge() }
        sendACK(in: &answered)
        guard state == .inviting, cancellation == nil else {
            hangUp(unwanted: answered)
            if let cancellation { fail(cancellation) }
            return
        }
        dialog = answered
        state = .established
        ringTask?.cancel()

        follow(timer.plan(asCaller: response, wanted: core.configuration.sessionExpires))
        onEvent(.answered(body: response.body))
    }

    /// Repeats the ACK of a 2xx that came again.
    func acknowledge() {
        guard var current = dialog else { return }
        sendACK(in: &current)
    }

    private func sendACK(in dialog: inout Dialog) {
        guard let destination = destination(of: dialog) else { return }
        sendACK(in: &dialog, to: destination)
    }

    func sendACK(in dialog: inout Dialog, to destination: SIPDestination) {
        var ack = dialog.request(.ack, number: invite.headers.cseq?.number ?? 1)
        ack.headers.prepend(.via, core.via(for: destination.transport).text)
        if let credentials = invite.headers[.authorization] { ack.headers.add(.authorization, credentials) }
        if let credentials = invite.headers[.proxyAuthorization] { ack.headers.add(.proxyAuthorization, credentials) }
        core.send(ack, to: destination)
    }

    private func hangUp(unwanted dialog: Dialog) {
        guard let destination = destination(of: dialog) else { return }
        hangUp(unwanted: dialog, at: destination)
    }

    func hangUp(unwanted dialog: Dialog, at destination: SIPDestination) {
        var dialog = dialog
        var bye = dialog.request(.bye)
        bye.headers.prepend(.via, core.via(for: destination.transport).text)
        core.transactions.start(bye, to: destination) { _ in }
    }

    private func challenged(_ response: SIPResponse) {
        if let cancellation { return fail(cancellation) }
        var next = invite
        guard
            authentication.answer(response, account: invitation?.account, cnonce: core.token(), on: &next)
        else { return fail(.notAuthorised) }
        retry(next)
    }

    /// The trunk wants a longer session interval (RFC 4028 section 7.3).
    private func tooShort(_ response: SIPResponse) {
        let asked = invite.headers[.sessionExpires].flatMap { SessionExpires($0) }?.seconds ?? 0
        guard cancellation == nil, let minimum = response.headers.integer(.minSE), minimum > asked, minimum < 86_400
        else {
            return fail(cancellation ?? .status(422, q850: nil))
        }
        var next = invite
        next.headers.set(.sessionExpires, SessionExpires(seconds: minimum, refresher: nil).text)
        next.headers.set(.minSE, "\(minimum)")
        retry(next)
    }

    private func retry(_ request: SIPRequest) {
        invite = request
        invite.headers.set(.cseq, CSeq((invite.headers.cseq?.number ?? 0) + 1, .invite).text)
        hasProvisional = false
        sendInvite()
    }
}
