import Logging
import Platform
import Primitives
import SIPStack
import SIPWire

/// Registers with one trunk, as `RegistrationClient` says.
struct TrunkRegistrar: Sendable {
    /// How long a trunk may take to hear that we leave.
    private static let patience: Duration = .seconds(2)

    let services: VoiceServices
    let nodeID: Identifier
    let lease: LeaseTrunks.Lease

    private var trunk: Trunk { lease.trunk }

    /// What the requests of one registration share (RFC 3261 section 10.2).
    private struct Series {
        let callID: String
        var number: UInt32 = 1
        var flow: SIPFlow?
    }

    /// Works until the task is cancelled; then unregisters.
    func run() async {
        var client = RegistrationClient(at: await services.agent.place(for: SIPTransport(trunk.transport)))
        var series = Series(callID: "\(lease.token)-\(nodeID.uuidString)@\(services.configuration.sipDomain)")
        var actions = client.handle(.start)
        while !actions.isEmpty {
            var next: [RegistrationClient.Action] = []
            for action in actions {
                switch action {
                case .register(let place, let expires, let old):
                    next = client.handle(.answered(await register(at: place, for: expires, forgetting: old, &series)))
                case .wait(let length):
                    await rest(length, isBehindNAT: client.isMoved, series.flow)
                    next = client.handle(Task.isCancelled ? .stop : .timer)
                case .report(let status): await note(status, series.flow)
                case .unregister(let place): await leave(place, series)
                }
            }
            actions = next
        }
    }

    private func register(
        at place: RegistrationClient.Place,
        for expires: Duration,
        forgetting old: RegistrationClient.Place?,
        _ series: inout Series
    ) async -> RegistrationClient.Answer {
        // A carrier's edge may need to be on the way back to us (RFC 3327 section 5.1).
        var fields = [contact(place, seconds: expires.components.seconds), SIPHeaderField(.supported, "path")]
        if let old { fields.append(contact(old, seconds: 0)) }
        let outcome = await services.agent.send(request(fields, series))
        series.number = outcome.number + 1
        series.flow = outcome.flow ?? series.flow
        guard case .response(let response) = outcome.result else { return RegistrationClient.Answer(status: nil) }
        return answer(response)
    }

    private func answer(_ response: SIPResponse) -> RegistrationClient.Answer {
        let headers = response.headers
        let own = headers.list(.contact).lazy.compactMap { NameAddress($0) }.first { $0.uri.user == lease.token }
        let seconds = own?.parameters["expires"].flatMap { Int64($0) } ?? headers.integer(.expires).map { Int64($0) }
        let via = headers.topVia?.parameters
        var seenAt: RegistrationClient.Place?
        if let host = via?["received"], let port = via?["rport"].flatMap({ Int($0) }), (1...65_535).contains(port) {
            seenAt = RegistrationClient.Place(host: host.contains(":") ? "[\(host)]" : host, port: port)
        }
        return RegistrationClient.Answer(
            status: response.status,
            granted: seconds.flatMap { (1...86_400).contains($0) ? .seconds($0) : nil },
            minimum: headers.integer(.minExpires).flatMap { (1...1_000_000).contains($0) ? .seconds($0) : nil },
            seenAt: seenAt
        )
    }

    private func request(_ fields: [SIPHeaderField], _ series: Series) -> OutgoingRequest {
        let host = trunk.host.contains(":") ? "[\(trunk.host)]" : trunk.host
        let home = SIPURI(host: host, port: trunk.namedPort == 5060 ? nil : trunk.namedPort)
        let aor = NameAddress(uri: SIPURI(user: trunk.username, host: host))
        return OutgoingRequest(
            method: .register,
            uri: home,
            from: aor,
            to: aor,
            way: .target(SIPTarget(trunk)),
            callID: series.callID,
            number: series.number,
            account: trunk.account,
            headers: fields
        )
    }

    private func contact(_ place: RegistrationClient.Place, seconds: Int64) -> SIPHeaderField {
        let transport = SIPTransport(trunk.transport)
        var parameters = SIPParameters()
        if transport != .udp { parameters["transport"] = transport.rawValue.lowercased() }
        let uri = SIPURI(user: lease.token, host: place.host, port: place.port, parameters: parameters)
        return SIPHeaderField(.contact, "<\(uri.text)>;expires=\(seconds)")
    }

    /// Waits; behind NAT the way back is kept open meanwhile. Ends early when the task is cancelled.
    private func rest(_ length: Duration, isBehindNAT: Bool, _ flow: SIPFlow?) async {
        let end = ContinuousClock.now + length
        while !Task.isCancelled {
            let left = end - ContinuousClock.now
            guard left > .zero else { return }
            let pause = isBehindNAT ? min(left, services.configuration.keepAlive) : left
            do { try await Task.sleep(for: pause) } catch { return }
            if isBehindNAT, let flow, ContinuousClock.now < end { await ask(flow) }
        }
    }

    /// Whatever the trunk answers, the NAT has seen it.
    private func ask(_ flow: SIPFlow) async {
        var request = request([], Series(callID: "\(lease.token)-keep@\(services.configuration.sipDomain)"))
        request.method = .options
        request.way = .flow(flow)
        request.callID = nil
        _ = await services.agent.send(request)
    }

    private func note(_ status: RegistrationClient.Status, _ flow: SIPFlow?) async {
        do {
            let leases = LeaseTrunks(services.context)
            switch status {
            case .registered(let interval):
                VoiceMetrics.trunk(trunk.name, isRegistered: true)
                try await leases.note(
                    .registered,
                    of: trunk.id,
                    nodeID: nodeID,
                    sipStatus: 200,
                    interval: interval,
                    address: flow?.address
                )
            case .failed(let sipStatus):
                VoiceMetrics.trunk(trunk.name, isRegistered: false)
                services.context.logger.warning(
                    "a trunk does not let us register",
                    metadata: ["trunk": "\(trunk.name)", "status": "\(sipStatus.map { "\($0)" } ?? "no answer")"]
                )
                try await leases.note(.failed, of: trunk.id, nodeID: nodeID, sipStatus: sipStatus)
            }
        } catch {
            services.context.logger.warning("a registration could not be noted", metadata: ["error": "\(error)"])
        }
    }

    /// In a task of its own, which a cancellation does not end; a trunk that is silent is not waited for.
    private func leave(_ place: RegistrationClient.Place, _ series: Series) async {
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        Task {
            _ = await services.agent.send(request([contact(place, seconds: 0)], series))
            end.yield()
        }
        let patience = Task {
            do { try await Task.sleep(for: Self.patience) } catch { return }
            end.yield()
        }
        await Task {
            for await _ in ends { break }
            patience.cancel()
            do {
                try await LeaseTrunks(services.context).release(trunk.id, nodeID: nodeID)
            } catch {
                // The lease ends by itself.
                services.context.logger.warning("a trunk could not be released", metadata: ["error": "\(error)"])
            }
        }.value
    }
}
