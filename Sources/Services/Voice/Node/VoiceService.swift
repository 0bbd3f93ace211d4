import Database
import Logging
package import MediaEngine
package import OutboundHTTP
package import Platform
import Primitives
package import SIPStack
import ServiceLifecycle
package import Sound
package import WebRTCGateway

/// A voice node: takes commands from the database, runs calls, and says every second that it lives.
package final class VoiceService: Service {
    private let services: VoiceServices
    private let nodeID: Identifier
    private var calls: CallRegistry { services.calls }
    private let logger: Logger

    /// Makes a node; `run` starts it. The user agent must have been started.
    ///
    /// - Parameters:
    ///   - sounds: makes what calls play.
    ///   - keeper: takes what calls record.
    ///   - tokens: reads what browsers show.
    ///   - locator: finds the hosts of SIP URIs that are dialled.
    ///   - door: where browsers connect when no datagram gets through; nil for nowhere.
    ///   - executor: where the calls' tasks run, best where the user agent's messages arrive; anywhere when nil.
    package init(
        context: PlatformContext,
        configuration: VoiceConfiguration,
        sounds: SoundLibrary,
        keeper: RecordingKeeper,
        agent: SIPUserAgent,
        media: MediaEngine,
        client: GuardedClient,
        sockets: GuardedSocketClient,
        tokens: SIPTokenKeys,
        locator: SIPLocator,
        door: BrowserDoor? = nil,
        executor: (any TaskExecutor)? = nil
    ) {
        nodeID = context.ids.next()
        let callbacks = CallbackClient(
            client: client,
            clock: context.serverClock,
            timeout: configuration.callbackTimeout
        )
        let conferences = ConferenceServices(
            context: context,
            configuration: configuration,
            media: media,
            sounds: sounds,
            callbacks: callbacks,
            keeper: keeper,
            executor: executor
        )
        services = VoiceServices(
            context: context,
            configuration: configuration,
            agent: agent,
            media: media,
            sounds: sounds,
            callbacks: callbacks,
            sockets: sockets,
            conferences: ConferenceHall(conferences, nodeID: nodeID),
            gate: SIPGate(context, agent: agent, schemes: configuration.digestSchemes),
            finder: DeviceFinder(context, configuration, agent: agent, tokens: tokens, nodeID: nodeID),
            identity: Self.identity(context.logger),
            door: door,
            startedAt: ContinuousClock.now,
            hosts: SIPHosts(
                destinations: context.settings.sipDestinations,
                locator: locator
            ),
            keeper: keeper,
            executor: executor
        )
        logger = context.logger
    }

    private static func identity(_ logger: Logger) -> DTLSIdentity? {
        do {
            return try DTLSIdentity(at: .zero)
        } catch {
            logger.warning("calls of browsers do not work here: OpenSSL is not usable", metadata: ["error": "\(error)"])
            return nil
        }
    }

    /// Works until the process is asked to stop; then hangs up what is live, within the configured limit.
    ///
    /// - Throws: `DatabaseError` when not even the first heartbeat can be stored.
    package func run() async throws {
        try await RecordHeartbeat(services.context)(nodeID: nodeID, at: services.configuration.place)
        let inbound = InboundCalls(services: services, nodeID: nodeID)
        await services.agent.takeReplacements { inbound.take($0, replacing: $1) }
        let registrar = Registrar(
            context: services.context,
            gate: services.gate,
            book: services.finder.devices,
            browsers: BrowserRegistrar(context: services.context, desk: services.finder.browsers, nodeID: nodeID),
            nodeID: nodeID,
            proxies: services.configuration.proxies,
            executor: services.executor
        )
        await services.agent.takeRegistrations { registrar.take($0) }
        await services.agent.takeSockets(services.finder.browsers)
        await services.agent.takeEdge(services.finder.edge)
        await services.agent.takeCalls { inbound.take($0) }
        await withTaskExecutorPreference(services.executor) { await work() }
    }

    private func work() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.beat() }
            group.addTask { [services, nodeID] in
                await services.finder.devices.keep(nodeID: nodeID, every: services.configuration.heartbeat)
            }
            let registrations = TrunkRegistrations(services: services, nodeID: nodeID)
            group.addTask { await registrations.run() }
            group.addTask { await self.renewCertificates() }
            // Not where calls run: it hashes and encrypts.
            group.addTask(executorPreference: globalConcurrentExecutor) { await self.services.keeper.run() }
            await cancelWhenGracefulShutdown { await self.takeCommands() }
            // What follows is the shutdown: the heart beats on until the calls are settled.
            await self.endCalls()
            group.cancelAll()
        }
    }

    /// Calls that this node runs now.
    package var activeCalls: Int { calls.count }

    private func beat() async {
        var last = services.context.clock.now()
        var toldAt: Timestamp?
        while !Task.isCancelled {
            do {
                try await RecordHeartbeat(services.context)(nodeID: nodeID, at: services.configuration.place)
                let now = services.context.clock.now()
                // Long unheard of, we were taken for dead, and others may have settled our calls.
                let (silence, limit) = (now - last, services.context.settings.nodeTimeout)
                if silence > limit { await dropSettledCalls() }
                // Others look at the moment before the write, and forget browsers sooner than calls.
                Task { await services.finder.browsers.publishRest(isForgotten: silence > limit / 2) }
                last = now
            } catch {
                logger.warning("a heartbeat could not be stored", metadata: ["error": "\(error)"])
            }
            for runner in calls.all { await runner.writeJournal() }
            VoiceMetrics.sip(services.agent.counters)
            VoiceMetrics.registrations(services.finder.devices.count)
            VoiceMetrics.browsers(services.finder.browsers.count)
            if let door = services.door { VoiceMetrics.connections(door.counters) }
            if toldAt.map({ last - $0 >= .seconds(5) }) ?? true {
                await tellOfTrunks()
                toldAt = last
            }
            do { try await Task.sleep(for: services.configuration.heartbeat) } catch { return }
        }
    }

    /// Certificates are renewed every few weeks, and a server runs for longer.
    private func renewCertificates() async {
        while !Task.isCancelled {
            do { try await Task.sleep(for: services.configuration.certificateInterval) } catch { return }
            do {
                try await services.agent.renewCertificates()
            } catch {
                logger.error("certificates could not be read again", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Gives carriers limits of their own.
    private func tellOfTrunks() async {
        do {
            let trunks = try await ListTrunks(services.context)()
            await services.agent.knowTrunks(Set(trunks.map(\.name))) { text in
                guard let address = IPAddress(parsing: text) else { return nil }
                return trunks.first { $0.isNear(address) }.map {
                    TrunkLane(name: $0.name, account: $0.inbound.username)
                }
            }
        } catch {
            logger.warning("trunks could not be read", metadata: ["error": "\(error)"])
        }
    }

    /// Hangs up what goes on here although it has been settled: nobody would pay for it.
    private func dropSettledCalls() async {
        for runner in calls.all {
            do {
                let reference = runner.call.id.uuidString
                let found = try await GetCall(services.context)(
                    workspaceID: runner.call.workspaceID,
                    reference: reference
                )
                if found.call.status.isTerminal { runner.hangUp(.networkOutOfOrder) }
            } catch {
                logger.warning("a call could not be looked up", metadata: ["error": "\(error)"])
            }
        }
    }

    private func takeCommands() async {
        // A notification wakes at once; the beat in between finds what another process wrote into the same SQLite file.
        let (wakes, alarm) = WakeSource.merge(
            services.context.database.notifications(Channel.voice),
            every: services.configuration.heartbeat
        )
        for await _ in wakes {
            while await takeOnce(alarm) {}
            if Task.isCancelled { return }
        }
    }

    /// Takes a batch; true when there may be more.
    private func takeOnce(_ alarm: WakeAlarm) async -> Bool {
        do {
            let (commands, nextDialAt) = try await TakeVoiceCommands(services.context).withNextDial(
                nodeID: nodeID,
                limit: services.configuration.takeLimit
            )
            alarm.set(after: nextDialAt.map { max($0 - services.context.clock.now(), .milliseconds(1)) })
            for command in commands { carryOut(command) }
            return commands.count == services.configuration.takeLimit && !Task.isCancelled
        } catch {
            logger.warning("commands could not be taken", metadata: ["error": "\(error)"])
            return false
        }
    }

    private func carryOut(_ command: VoiceCommand) {
        switch command.kind {
        case .hangup: calls[command.call.id]?.hangUp(.normalClearing, by: .request)
        case .steer: calls[command.call.id]?.steer(command.actions)
        case .command: if let act = command.command { calls[command.call.id]?.command(act) }
        case .dial: calls.launch(CallRunner(call: command.call, services: services), services.executor)
        }
    }

    /// Hangs up and waits, not longer than the limit. In a task of its own, so that a cancellation does not cut it short.
    private func endCalls() async {
        await services.agent.takeCalls(nil)
        await services.agent.takeReplacements(nil)
        await services.agent.takeRegistrations(nil)
        await services.agent.takeSockets(nil)
        calls.hangUpAll(.systemShutdown)
        let deadline = ContinuousClock.now + services.configuration.shutdownLimit
        await Task { [calls] in
            while calls.count > 0, ContinuousClock.now < deadline {
                do { try await Task.sleep(for: .milliseconds(20)) } catch { return }
            }
        }.value
    }
}
