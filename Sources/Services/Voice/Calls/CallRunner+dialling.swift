import Logging
import MediaEngine
import Platform
import Primitives
import SIPStack
import Sound

/// Calls that this call dials: each is a call of its own, with a runner of its own.
extension CallRunner {
    func begin(_ dial: DialAction, _ token: FlowToken, at moment: Timestamp) async {
        await note("flow.dial", VoiceAction.dial(dial).json["dial"] ?? [:], at: moment)
        let ways: [LegWay] =
            switch dial.target {
            case .numbers(let numbers): numbers.map { .number($0) }
            case .sip(let uri): [.sip(uri)]
            case .device(let name): await devices(named: name)
            }
        let legs = await place(ways, dial, at: moment).legs
        guard !legs.isEmpty else { return await dialFailed(token, "nobody could be dialled", at: moment) }
        launch(legs, dial, token)
    }

    private func dialFailed(_ token: FlowToken, _ problem: String, at moment: Timestamp) async {
        await note("flow.dial_failed", ["problem": .string(problem)], at: moment)
        let result = DialResult(status: .failed, callID: nil, duration: .zero)
        inbox.put(.flow(.dialEnded(token, result)))
    }

    /// Places a leg to each of those who may be called; what the last of the others was refused with.
    func place(
        _ ways: [LegWay],
        _ dial: DialAction,
        at moment: Timestamp
    ) async -> (legs: [DialledLeg], refusal: PlatformError?) {
        var legs: [DialledLeg] = []
        var last: PlatformError?
        for way in ways {
            do {
                legs.append(DialledLeg(call: try await placeLeg(way, dial), way: way))
            } catch let refusal as PlatformError {
                last = refusal
                let payload = [
                    way.member, JSONMember("code", .string(refusal.code.rawValue)),
                    JSONMember("message", .string(refusal.message)),
                ]
                await note("flow.dial_refused", .object(payload), at: moment)
            } catch {
                logger.error("a leg could not be placed", metadata: ["error": "\(error)"])
            }
        }
        return (legs, last)
    }

    private func placeLeg(_ way: LegWay, _ dial: DialAction) async throws -> Call {
        try await DialLeg(services.context)(
            from: call,
            to: way.destination,
            callerID: dial.callerID,
            ringTimeout: dial.timeout,
            longest: dial.timeLimit
        )
    }

    func launch(_ legs: [DialledLeg], _ dial: DialAction, _ token: FlowToken?) {
        dialling = Dialling(action: dial, token: token, group: DialGroup(legs.map(\.call.id)))
        start(legs, whisper: dial.whisper, transfers: transfers)
    }

    /// Lets legs be called; their news come as signals.
    func start(_ legs: [DialledLeg], whisper: [VoiceAction], transfers: Int) {
        for leg in legs {
            let id = leg.call.id
            let parent = LegParent(
                tell: { [inbox] in inbox.put(.leg(id, $0)) },
                media: media?.leg,
                mayHaveOpus: media?.mayHaveOpus == true,
                whisper: whisper,
                transfers: transfers
            )
            let runner = CallRunner(call: leg.call, origin: .leg(parent, leg.way), services: services)
            services.calls.launch(runner, services.executor)
        }
    }

    // MARK: News of the legs

    func hear(_ news: LegNews, of id: Identifier, at moment: Timestamp) async {
        if await heardInTransfer(news, of: id, at: moment) { return }
        switch news {
        case .ringing: await follow(.ringing(id), at: moment)
        case .earlyMedia(let sound):
            dialling?.media[id] = sound
            await follow(.earlyMedia(id), at: moment)
        case .ready(let sound):
            dialling?.media[id] = sound
            await follow(.ready(id), at: moment)
        case .ended(let cause):
            if dialling?.group.legs.contains(id) == true { dialling?.lastCause = cause }
            await follow(.ended(id, cause.dialStatus), at: moment)
        }
    }

    private func follow(_ event: DialGroup.Event, at moment: Timestamp) async {
        for command in dialling?.group.handle(event) ?? [] {
            switch command {
            case .ringBack: await ringBack(at: moment)
            case .hear(let id): hearEarly(id)
            case .connect(let id): await connect(id, at: moment)
            case .giveUp(let id): services.calls[id]?.hangUp(.originatorCancel, by: .dialler)
            case .finish(let status, let id): await finishDial(status, id, at: moment)
            }
        }
    }

    /// A caller whom nobody has answered hears the ringing of their own network.
    private func ringBack(at moment: Timestamp) async {
        if dialling?.action.recording == .fromRinging, isUp { await recordDial(at: moment) }
        if isUp { media?.leg.play(CallTones.ringBack, loops: 1000) }
    }

    private func hearEarly(_ id: Identifier) {
        guard let other = dialling?.media[id], let own = media else { return }
        if !isUp {
            if other.hasOpus { media?.preferOpus() }
            guard let body = media?.accept() else { return }
            session?.ring(status: 183, body: body)
        }
        own.leg.stopPlaying()
        own.leg.bridge(to: other.leg)
    }

    private func connect(_ id: Identifier, at moment: Timestamp) async {
        guard let other = dialling?.media[id] else { return }
        dialling?.connectedAt = moment
        await note("flow.connected", ["call_id": .string(id.rendered(prefix: "call"))], at: moment)
        if !isUp {
            if other.hasOpus { media?.preferOpus() }
            await perform(.answer, at: moment)
        }
        guard let own = media?.leg else { return }
        own.stopPlaying()
        own.bridge(to: other.leg)
        if dialling?.action.recording != nil { await recordDial(at: moment) }
    }

    private func recordDial(at moment: Timestamp) async {
        await startRecording(.dial, dialling?.action.recordingChannels ?? .mono, at: moment)
    }

    private func finishDial(_ status: DialResult.Status, _ id: Identifier?, at moment: Timestamp) async {
        guard let ended = dialling else { return }
        dialling = nil
        await loseParty(at: moment)
        media?.leg.unbridge()
        media?.leg.stopPlaying()
        let result = DialResult(
            status: status,
            callID: id,
            duration: ended.connectedAt.map { moment - $0 } ?? .zero
        )
        let payload: JSONValue = [
            "status": .string(status.rawValue), "duration_seconds": .integer(result.duration.components.seconds),
        ]
        await note("flow.dial_ended", payload, at: moment)
        if let token = ended.token {
            await steer(.dialEnded(token, result), at: moment)
        } else {
            await endRouted(ended.connectedAt == nil ? ended.lastCause : nil, at: moment)
        }
    }

    /// Ends what the call has dialled; whom it has not dialled is told that it is over.
    func giveUpLegs() {
        guard let dialling else { return }
        for id in dialling.group.legs {
            if dialling.isJoined {
                services.calls[id]?.inbox.put(.leg(call.id, .ended(.normalClearing)))
            } else {
                let cause: HangupCause = dialling.connectedAt == nil ? .originatorCancel : .normalClearing
                services.calls[id]?.hangUp(cause, by: .dialler)
            }
        }
    }
}

extension HangupCause {
    /// What a dial came to that ended so.
    var dialStatus: DialResult.Status {
        switch self {
        case .userBusy: .busy
        case .noAnswer: .noAnswer
        case .originatorCancel: .canceled
        default: .failed
        }
    }
}
