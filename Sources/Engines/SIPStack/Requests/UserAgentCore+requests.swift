import NIOCore
import SIPWire

/// Requests outside of dialogs, sent.
extension UserAgentCore {
    /// Sends a request and answers one challenge; `onOutcome` is called on the loop, once.
    func send(_ outgoing: OutgoingRequest, onOutcome report: @escaping @Sendable (RequestOutcome) -> Void) {
        let onOutcome = awaited(report, number: outgoing.number)
        switch outgoing.way {
        case .flow(let flow): send(outgoing, to: flow.destination, onOutcome)
        case .target(let target):
            destination(of: target).assumeIsolated().whenComplete { result in
                switch result {
                case .success(let destination): self.send(outgoing, to: destination, onOutcome)
                case .failure:
                    onOutcome(RequestOutcome(result: .transport, number: outgoing.number, flow: nil))
                }
            }
        }
    }

    /// Sees to it that whoever waits hears of the end, also when the user agent is shut down meanwhile.
    private func awaited(
        _ report: @escaping @Sendable (RequestOutcome) -> Void,
        number: UInt32
    ) -> @Sendable (RequestOutcome) -> Void {
        let id = nextRequestID
        nextRequestID += 1
        awaiting[id] = { report(RequestOutcome(result: .transport, number: number, flow: nil)) }
        return { [weak self] outcome in
            guard let self, awaiting.removeValue(forKey: id) != nil else { return }
            report(outcome)
        }
    }

    private func send(
        _ outgoing: OutgoingRequest,
        to destination: SIPDestination,
        _ onOutcome: @escaping @Sendable (RequestOutcome) -> Void
    ) {
        var request = SIPRequest(method: outgoing.method, uri: outgoing.uri)
        var from = outgoing.from
        from.tag = token()
        request.headers.add(.via, via(for: destination.transport).text)
        request.headers.add(.maxForwards, "70")
        request.headers.add(.from, from.text)
        request.headers.add(.to, outgoing.to.text)
        request.headers.add(.callID, outgoing.callID ?? "\(token())\(token())@\(host)")
        request.headers.add(.cseq, CSeq(outgoing.number, outgoing.method).text)
        request.headers.add(.userAgent, configuration.userAgent)
        for field in outgoing.headers { request.headers.add(field.name, field.value) }
        transact(request, to: destination, outgoing.account, Authentication(), onOutcome)
    }

    private func transact(
        _ request: SIPRequest,
        to destination: SIPDestination,
        _ account: DigestAccount?,
        _ authentication: Authentication,
        _ onOutcome: @escaping @Sendable (RequestOutcome) -> Void
    ) {
        let number = request.headers.cseq?.number ?? 1
        func end(_ result: RequestOutcome.Result, _ flow: SIPFlow? = nil) {
            onOutcome(RequestOutcome(result: result, number: number, flow: flow))
        }
        transactions.start(request, to: destination) { [weak self] news in
            switch news {
            case .timeout: end(.timeout)
            case .transportFailure: end(.transport)
            case .response(let response):
                guard response.status >= 200 else { return }
                var (next, authentication) = (request, authentication)
                guard let self, response.status == 401 || response.status == 407,
                    authentication.answer(response, account: account, cnonce: token(), on: &next)
                else { return end(.response(response), SIPFlow(destination)) }
                next.headers.set(.cseq, CSeq(number + 1, request.method).text)
                next.headers.set(.via, via(for: destination.transport).text)
                transact(next, to: destination, account, authentication, onOutcome)
            }
        }
    }
}
