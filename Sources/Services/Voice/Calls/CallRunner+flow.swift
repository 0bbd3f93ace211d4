import Logging
import MediaEngine
import Platform
import Primitives
import Sound

/// What the flow wants, done.
extension CallRunner {
    func steer(_ event: FlowEvent, at moment: Timestamp) async {
        for command in flow.handle(event) { await carryOut(command, at: moment) }
    }

    private func carryOut(_ command: FlowCommand, at moment: Timestamp) async {
        guard !isOver else { return }
        switch command {
        case .answer: await perform(.answer, at: moment)
        case .reject(let reason):
            let cause: HangupCause = reason == .busy ? .userBusy : .callRejected
            await perform(.refuse(status: reason == .busy ? 486 : 603, cause), at: moment)
        case .fetch(let request, let token): fetch(request, token)
        case .say(let say, let token): await speak(say, token, at: moment)
        case .play(let play, let token): await sound(play, token, at: moment)
        case .stopSounds: silence()
        case .wait(let length, let token): after(length, .flow(.timer(token)))
        case .begin(let activity, let token): await begin(activity, token, at: moment)
        case .stop(let token): await stopActivity(token)
        case .note(let kind, let payload): await note(kind, payload, at: moment)
        case .rest: tellParent(media.map { .ready(LegSound($0)) })
        case .hangUp(let cause): await perform(.hangUp(cause), at: moment)
        case .apologise(let token): await apologise(token, at: moment)
        }
    }

    // MARK: Documents

    private func fetch(_ request: FlowRequest, _ token: FlowToken) {
        let fields = fields(request.reason)
        if request.url == nil { hasAskedVoiceURL = true }
        meanwhile { [self] in
            guard let routing = await readRouting() else {
                return await took(DocumentFetcher.Result(document: .failed, attempts: [], warnings: []), for: token)
            }
            await took(await services.documents(request, fields, routing), for: token)
        }
    }

    /// What the customer's server is told.
    func fields(_ reason: FlowRequest.Reason) -> CallbackFields {
        let end = ending?.endedAt ?? services.context.clock.now()
        let length = answeredAt.map { end - $0 } ?? .zero
        return CallbackFields(
            call: call,
            reason: reason,
            isAnswered: isUp,
            // Of a call that is over, what is billed.
            durationSeconds: (length.wholeMilliseconds + (ending == nil ? 0 : 500)) / 1000
        )
    }

    /// Tells a server something beside the flow, and notes how that went.
    func tell(_ reason: FlowRequest.Reason, at url: String) async {
        guard let routing = await readRouting() else { return }
        let attempt = await services.callbacks.tell(fields(reason).message, to: url, routing)
        await note("flow.callback", attempt.json, at: services.context.clock.now())
    }

    private func readRouting() async -> CallRouting? {
        do {
            return try await routing()
        } catch {
            logger.error("a call's routing could not be read", metadata: ["error": "\(error)"])
            return nil
        }
    }

    func routing() async throws -> CallRouting {
        if case .offered(_, let routing) = origin { return routing }
        return try await ReadCallRouting(services.context)(call)
    }

    private func took(_ result: DocumentFetcher.Result, for token: FlowToken) async {
        let now = services.context.clock.now()
        for attempt in result.attempts { await note("flow.callback", attempt.json, at: now) }
        for warning in result.warnings { await note("flow.warning", ["message": .string(warning)], at: now) }
        if case .actions(let actions, _) = result.document {
            services.sounds.prepare(actions, workspaceID: call.workspaceID)
        }
        inbox.put(.flow(.document(token, result.document)))
    }

    // MARK: Sounds

    private func speak(_ say: SayAction, _ token: FlowToken, at moment: Timestamp) async {
        await note("flow.say", JSONValue(present: [("language", say.language.map { .string($0) })]), at: moment)
        play(.say(say), token)
    }

    private func sound(_ play: PlayAction, _ token: FlowToken, at moment: Timestamp) async {
        await note("flow.play", ["url": .string(play.sound.shown)], at: moment)
        self.play(.play(play), token)
    }

    /// Lets an action be heard; when the last of it has ended, or nothing could be made of it, the flow goes on.
    private func play(_ action: VoiceAction, _ token: FlowToken) {
        guard let leg = media?.leg else { return }
        sounding?.cancel()
        sounding = Task(executorPreference: services.executor) { [self] in
            do {
                try await services.sounds.play(action, workspaceID: call.workspaceID) { leg.play($0, loops: $1) }
            } catch is CancellationError {
                return
            } catch {
                let payload: JSONValue = ["error": .string("\(error)")]
                await note("flow.sound_failed", payload, at: services.context.clock.now())
            }
            // Nothing to hear, but in its place behind what is to be heard: its end is the end of all.
            leg.play(.samples([]), id: token.number)
        }
    }

    func silence() {
        sounding?.cancel()
        sounding = nil
        media?.leg.stopPlaying()
    }

    private func apologise(_ token: FlowToken, at moment: Timestamp) async {
        await note("flow.failed", at: moment)
        play(.say(Apology.action(in: .english)), token)
    }
}

extension PlayAction.Sound {
    /// As it stands on the timeline: the query may hold the customer's secrets.
    fileprivate var shown: String { String(url.prefix { $0 != "?" && $0 != "#" }) }
}
