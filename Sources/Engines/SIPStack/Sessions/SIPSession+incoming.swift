import NIOCore
package import SIPWire

/// The callee's side: ringing, answering, refusing.
extension SIPSession {
    /// Sets who is told what happens; call it before ringing or answering.
    package func onEvents(_ handler: @escaping @Sendable (SessionEvent) -> Void) {
        core.onLoop { if self.state != .ended { self.onEvent = handler } }
    }

    /// Sends 180, or 183 with the description of early media.
    package func ring(status: Int = 180, body: [UInt8] = []) {
        core.onLoop {
            guard self.state == .inviting, let transaction = self.transaction else { return }
            self.core.transactions.respond(self.response(status, body: body), in: transaction)
        }
    }

    /// Answers with our description; `acknowledged` follows when the peer has it.
    package func answer(body: [UInt8]) {
        core.onLoop { self.accept(body) }
    }

    /// Refuses with a final status.
    ///
    /// - Parameters:
    ///   - retryAfter: seconds told to the caller, with 503.
    ///   - headers: more fields of the response, such as challenges.
    package func reject(status: Int, retryAfter: Int? = nil, headers: [SIPHeaderField] = []) {
        let retry = retryAfter.map { [SIPHeaderField(.retryAfter, "\($0)")] } ?? []
        core.onLoop { self.refuse(status, retry + headers) }
    }

    func refuse(_ status: Int, _ headers: [SIPHeaderField] = []) {
        guard state == .inviting, let transaction else { return }
        var response = response(status)
        for field in headers { response.headers.add(field.name, field.value) }
        core.transactions.respond(response, in: transaction)
        fail(.status(status, q850: nil))
    }

    /// The caller withdrew its INVITE.
    func canceledByPeer() {
        guard role == .callee, state == .inviting, let transaction else { return }
        core.transactions.respond(response(487), in: transaction)
        fail(.canceled)
    }

    private func accept(_ body: [UInt8]) {
        guard role == .callee, state == .inviting, let transaction,
            let dialog = Dialog(incoming: invite, localTag: localTag)
        else { return }
        localDescription = body
        self.dialog = dialog
        state = .established
        let (plan, header) = timer.plan(asCallee: invite, wanted: core.configuration.sessionExpires)
        var response = response(200, body: body)
        if invite.headers.has("timer", in: .supported) {
            response.headers.add(.require, "timer")
            response.headers.add(.sessionExpires, header.text)
        }
        sendAnswer(response, in: transaction, isNews: true)
        follow(plan)
    }

    private func response(_ status: Int, body: [UInt8] = []) -> SIPResponse {
        var response = invite.response(status, toTag: localTag)
        if status < 300, let transport = transaction?.origin.transport {
            response.headers.add(.contact, core.contact(for: transport).text)
            response.headers.add(.allow, UserAgentCore.allow)
            response.headers.add(.supported, core.supported.joined(separator: ", "))
        }
        if !body.isEmpty { response.headers.add(.contentType, "application/sdp") }
        response.body = body
        return response
    }
}
