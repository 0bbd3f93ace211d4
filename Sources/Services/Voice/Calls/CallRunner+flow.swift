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
        case .begin(.dial(let dial), let token): await begin(dial, token, at: moment)
        case .begin(let activity, let token): await begin(activity, token, at: moment)
        case .stop: stopActivity()
        case .note(let kind, let payload): await note(kind, payload, at: moment)
        case .rest: tellParent(media.map { .ready($0.leg) })
        case .hangUp(let cause): await perform(.hangUp(cause), at: moment)
        case .apologise(let token): await apologise(token, at: moment)
        }
    }

    // MARK: Documents

    private func fetch(_ request: FlowRequest, _ token: FlowToken) {
        let fields = CallbackFields(
            call: call,
            reason: request.reason,
            isAnswered: isUp,
            durationSeconds: answeredAt.map { (services.context.clock.now() - $0).components.seconds } ?? 0,
            failure: nil
        )
        meanwhile { [self] in
            let result: DocumentFetcher.Result
            do {
                result = await services.documents(request, fields, try await routing())
            } catch {
                logger.error("a call's routing could not be read", metadata: ["error": "\(error)"])
                result = DocumentFetcher.Result(document: .failed, attempts: [], warnings: [])
            }
            await took(result, for: token)
        }
    }

    private func routing() async throws -> CallRouting {
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
        guard let leg = media?.leg else { return }
        await note("flow.say", JSONValue(present: [("language", say.language.map { .string($0) })]), at: moment)
        begin(token) { [services] in
            let spoken = try await services.sounds.speech(say)
            var pieces: [AudioSource] = []
            for try await piece in spoken.pieces {
                try Task.checkCancellation()
                leg.play(piece)
                pieces.append(piece)
            }
            for _ in 1..<max(2, say.loop + 1) where pieces.count > 0 && say.loop > 1 {
                for piece in pieces { leg.play(piece) }
            }
        }
    }

    private func sound(_ play: PlayAction, _ token: FlowToken, at moment: Timestamp) async {
        guard let leg = media?.leg else { return }
        await note("flow.play", ["url": .string(play.sound.shown)], at: moment)
        begin(token) { [services, call] in
            let source = try await services.sounds.sound(play.sound, workspaceID: call.workspaceID)
            try Task.checkCancellation()
            leg.play(source, loops: play.loop)
        }
    }

    /// Lets sounds be played; when the last of them has ended, or none could be made, the flow goes on.
    private func begin(_ token: FlowToken, _ work: @escaping @Sendable () async throws -> Void) {
        guard let leg = media?.leg else { return }
        sounding?.cancel()
        sounding = Task(executorPreference: services.executor) { [self] in
            do {
                try await work()
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
        guard let leg = media?.leg else { return }
        begin(token) { [services] in
            let spoken = try await services.sounds.speech(Apology.action(in: .english))
            for try await piece in spoken.pieces { leg.play(piece) }
        }
    }
}

extension PlayAction.Sound {
    /// As it stands on the timeline: the query may hold the customer's secrets.
    fileprivate var shown: String { String(url.prefix { $0 != "?" && $0 != "#" }) }
}
