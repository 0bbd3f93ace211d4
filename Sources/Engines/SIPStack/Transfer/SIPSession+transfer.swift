import NIOCore
package import SIPWire

/// Transfer (RFC 5589): REFER both ways, and what names a call for whoever takes its place.
extension SIPSession {
    /// Told when the peer wants us to call somebody else. Without it that is declined.
    package func takeReferrals(_ handler: @escaping @Sendable (Referral) -> Void) {
        core.onLoop { if self.state != .ended { self.onReferral = handler } }
    }

    /// Asks the peer to call somebody else; the call itself goes on, until one of the two hangs up.
    ///
    /// - Parameters:
    ///   - replacing: the call that the peer's is to take the place of, from `replaces()` of our call with the target.
    ///   - onProgress: told what comes of it, on the event loop.
    package func refer(
        to target: SIPURI,
        replacing: Replaces? = nil,
        onProgress: @escaping @Sendable (ReferProgress) -> Void
    ) {
        core.onLoop { self.sendRefer(target, replacing, onProgress) }
    }

    /// What names this call for its peer: for an INVITE that is to take its place there (RFC 3891). Nil unless it is answered.
    package func replaces() async -> Replaces? {
        let name = try? await core.loop.submit { () -> Replaces? in
            guard self.state == .established, let dialog = self.dialog else { return nil }
            return Replaces(callID: dialog.callID, toTag: dialog.remoteTag, fromTag: dialog.localTag)
        }.get()
        return name ?? nil
    }

    private func sendRefer(
        _ target: SIPURI,
        _ replacing: Replaces?,
        _ onProgress: @escaping @Sendable (ReferProgress) -> Void
    ) {
        guard state == .established, let local = dialog?.local.uri else { return onProgress(.refused(status: nil)) }
        var target = target
        if let replacing { target.addHeader(.replaces, replacing.text) }
        var number: UInt32?
        sendInDialog(.refer) { request in
            request.headers.add(.contact, self.core.contact(for: self.peer?.transport ?? .udp).text)
            request.headers.add(.referTo, NameAddress(uri: target).text)
            request.headers.add(.referredBy, "<\(local.text)>")
            // Known before the answer: a NOTIFY may overtake it.
            number = request.headers.cseq?.number
            if let number { self.referrals[number] = onProgress }
        } onFinal: { [weak self] response in
            guard let self else { return }
            guard let status = response?.status, (200..<300).contains(status) else {
                if let number, referrals.removeValue(forKey: number) != nil {
                    onProgress(.refused(status: response?.status))
                }
                return
            }
            if let number, referrals[number] != nil { onProgress(.accepted) }
        }
    }

    /// A REFER of the peer's.
    func referred(_ request: SIPRequest, _ transaction: ServerTransaction) {
        guard state == .established, let onReferral else { return respond(603, request, transaction) }
        let eventID = hasBeenReferred ? request.headers.cseq?.number : nil
        guard let referral = Referral(request, of: self, in: transaction, eventID: eventID) else {
            return respond(400, request, transaction)
        }
        hasBeenReferred = true
        onReferral(referral)
    }

    /// News of a REFER of ours (RFC 3515 section 2.4.4).
    func notified(_ request: SIPRequest, _ transaction: ServerTransaction) {
        let event = NamedEvent(request.headers[.event] ?? "")
        guard event.name == "refer" else { return respond(489, request, transaction) }
        // Without an id it is about the first.
        guard let number = event.id ?? referrals.keys.min(), let onProgress = referrals[number] else {
            return respond(481, request, transaction)
        }
        guard let status = SIPFragment.status(request.body) else { return respond(400, request, transaction) }
        respond(200, request, transaction)
        let isLast = request.headers[.subscriptionState]?.lowercased().hasPrefix("terminated") == true
        guard status >= 200 || isLast else { return onProgress(.trying(status: status)) }
        referrals[number] = nil
        // Ended without a final status: nobody knows what became of it.
        onProgress(status >= 200 ? .finished(status: status) : .refused(status: nil))
    }
}
