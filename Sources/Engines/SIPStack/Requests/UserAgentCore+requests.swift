import NIOCore
import SIPWire

/// Requests outside of dialogs, sent.
extension UserAgentCore {
    /// Sends a request and answers one challenge; `onOutcome` is called on the loop, once.
    func send(_ outgoing: OutgoingRequest, onOutcome report: @escaping @Sendable (RequestOutcome) -> Void) {
        let onOutcome = awaited(report, number: outgoing.number)
        switch outgoing.way {
        case .flow(let flow): send(outgoing, to: [flow.destination], onOutcome)
        case .target(let target):
            destinations(of: target).assumeIsolated().whenComplete { result in
                let destinations = (try? result.get()) ?? []
                guard !destinations.isEmpty else {
                    return onOutcome(RequestOutcome(result: .transport, number: outgoing.number, flow: nil))
                }
                self.send(outgoing, to: destinations, onOutcome)
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
        to destinations: [SIPDestination],
        _ onOutcome: @escaping @Sendable (RequestOutcome) -> Void
    ) {
        var request = SIPRequest(method: outgoing.method, uri: outgoing.uri)
        var from = outgoing.from
        from.tag = token()
        request.headers.add(.via, via(for: destinations[0].transport).text)
        request.headers.add(.maxForwards, "70")
        request.headers.add(.from, from.text)
        request.headers.add(.to, outgoing.to.text)
        request.headers.add(.callID, outgoing.callID ?? "\(token())\(token())@\(host)")
        request.headers.add(.cseq, CSeq(outgoing.number, outgoing.method).text)
        request.headers.add(.userAgent, configuration.userAgent)
        for field in outgoing.headers { request.headers.add(field.name, field.value) }
        transact(RequestAttempt(request, destinations, outgoing.account), onOutcome)
    }

    private func transact(
        _ attempt: RequestAttempt,
        _ onOutcome: @escaping @Sendable (RequestOutcome) -> Void
    ) {
        guard let destination = attempt.destinations.first else { return }
        // Whoever is silent while others could answer is not waited for.
        let silence = attempt.next.map { next in
            schedule(configuration.timers.nextPlace) { [weak self] in
                guard let self, attempt.isFirstNews() else { return }
                noteFailure(of: destination)
                transact(renewed(next), onOutcome)
            }
        }
        transactions.start(attempt.request, to: destination) { [weak self] news in
            if case .response(let response) = news, response.status < 200 { return }
            silence?.cancel()
            guard let self, attempt.isFirstNews() else { return }
            receive(news, of: attempt, at: destination, onOutcome)
        }
    }

    private func receive(
        _ news: ClientTransaction.News,
        of attempt: RequestAttempt,
        at destination: SIPDestination,
        _ onOutcome: @escaping @Sendable (RequestOutcome) -> Void
    ) {
        if case .response(let response) = news, response.status != 503 {
            noteAnswer(of: destination)
            guard response.status == 401 || response.status == 407,
                let proven = attempt.proven(by: response, cnonce: token())
            else { return onOutcome(attempt.outcome(.response(response), by: SIPFlow(destination))) }
            return transact(renewed(proven), onOutcome)
        }
        noteFailure(of: destination)
        if let next = attempt.next { return transact(renewed(next), onOutcome) }
        switch news {
        case .timeout: onOutcome(attempt.outcome(.timeout))
        case .transportFailure: onOutcome(attempt.outcome(.transport))
        case .response(let response): onOutcome(attempt.outcome(.response(response), by: SIPFlow(destination)))
        }
    }

    /// With a branch of its own, as each transaction has.
    private func renewed(_ attempt: RequestAttempt) -> RequestAttempt {
        guard let transport = attempt.destinations.first?.transport else { return attempt }
        attempt.request.headers.set(.via, via(for: transport).text)
        return attempt
    }
}
