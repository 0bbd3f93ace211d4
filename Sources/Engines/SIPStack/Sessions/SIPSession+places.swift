import NIOCore
import SIPWire

/// The next place of a server whose first does not answer (RFC 3263 section 4.3).
extension SIPSession {
    /// Says nothing against a place that has said anything at all, be it 100.
    func watchForSilence() {
        silenceTask?.cancel()
        guard !alternatives.isEmpty else { return }
        silenceTask = core.schedule(core.configuration.timers.nextPlace) { [weak self] in
            guard let self, !hasProvisional else { return }
            _ = tryNextPlace()
        }
    }

    /// Sends the same INVITE, with another branch, to the next place; false when there is none, or nobody wants it any more.
    func tryNextPlace() -> Bool {
        if let peer { core.noteFailure(of: peer) }
        guard state == .inviting, cancellation == nil, !alternatives.isEmpty else { return false }
        peer = alternatives.removeFirst()
        hasProvisional = false
        // Whom we have given up may answer yet, and must hear that it is too late.
        _ = core.schedule(core.configuration.timers.timeout) { withExtendedLifetime(self) {} }
        sendInvite()
        return true
    }

    /// A place that was given up has woken up: what rings there is canceled, and who answers there is hung up on.
    func receiveLate(_ news: ClientTransaction.News, of sent: SIPRequest, at place: SIPDestination) {
        guard case .response(let response) = news, response.status < 300 else { return }
        guard response.status >= 200 else {
            if let branch = sent.headers.topVia?.branch, withdrawn.insert(branch).inserted {
                core.transactions.start(SIPRequest(cancelOf: sent), to: place) { _ in }
            }
            return
        }
        guard var late = Dialog(invite: sent, response: response) else { return }
        // One server under two addresses: the call that is up is this one.
        if let dialog, dialog.remoteTag == late.remoteTag { return acknowledge() }
        guard let destination = destination(of: late, answeredBy: place) else { return }
        sendACK(in: &late, to: destination)
        hangUp(unwanted: late, at: destination)
    }
}
