import MediaEngine
import Platform
import Primitives

/// A call's sound on WebSockets.
extension CallRunner {
    /// A stream that goes on.
    struct LiveStream {
        let action: StreamAction
        let identity: StreamIdentity
        let session: StreamSession
        /// Ends with the stream.
        let task: Task<StreamEnd, Never>
        /// Whether the server's sound is heard: a leg can play one server at a time.
        let plays: Bool
    }

    func begin(_ action: StreamAction, _ token: FlowToken, at moment: Timestamp) async {
        guard let leg = media?.leg else { return }
        let identity = StreamIdentity(
            callID: call.id,
            sessionID: call.sessionID,
            streamID: services.context.ids.next(),
            workspaceID: call.workspaceID,
            from: call.from,
            to: call.to,
            direction: call.direction.rawValue
        )
        let plays = !streams.values.contains(where: \.plays)
        await note("flow.stream", ["stream_id": .string(identity.streamSid), "plays": .bool(plays)], at: moment)
        let session = StreamSession(
            StreamPlan(action, identity),
            on: leg,
            plays: plays,
            sockets: services.sockets,
            settings: services.configuration.streams
        ) { [inbox] in inbox.put(.stream(token, $0)) }
        let task = Task(executorPreference: services.executor) { [inbox] in
            let end = await session.run()
            inbox.put(.streamEnded(token, end))
            return end
        }
        streams[token] = LiveStream(action: action, identity: identity, session: session, task: task, plays: plays)
    }

    func handle(_ report: StreamReport, of token: FlowToken, at moment: Timestamp) async {
        guard let stream = streams[token] else { return }
        switch report {
        case .started:
            await note("stream.started", at: moment)
            for url in receivers(of: .started, stream) { meanwhile { [self] in await tell(stream, .started, at: url) } }
        case .error(let words):
            await note("stream.error", ["problem": .string(words)], at: moment)
            for url in receivers(of: .error, stream) {
                meanwhile { [self] in await tell(stream, .error, problem: words, at: url) }
            }
        // Its task says so too, also of one that was never opened.
        case .stopped: break
        }
    }

    func ended(_ token: FlowToken, _ end: StreamEnd, at moment: Timestamp) async {
        guard let stream = streams.removeValue(forKey: token) else { return }
        await noteEnd(of: stream, end, await stream.session.counters, at: moment)
        for url in receivers(of: .stopped, stream) where end.wasOpened {
            meanwhile { [self] in await tell(stream, .stopped, at: url) }
        }
        await steer(.activityEnded(token), at: moment)
    }

    /// Ends the stream that the flow waits for, because something else takes its place. One beside the flow goes on.
    func stopStream(_ token: FlowToken) {
        streams[token]?.session.stop()
    }

    /// Ends the streams of a name, or all, because somebody wants that; a document that waits for one goes on.
    func stopStreams(named name: String?) {
        for stream in streams.values where name == nil || stream.action.name == name { stream.session.stop() }
    }

    /// Ends all streams with the call, and returns them.
    func endStreams(at moment: Timestamp) async -> [LiveStream] {
        let live = Array(streams.values)
        streams = [:]
        for stream in live { stream.session.hangUp() }
        for stream in live {
            let end = await stream.task.value
            await noteEnd(of: stream, end, await stream.session.counters, at: moment)
        }
        return live
    }

    /// Tells whoever wants to know that these have ended.
    func tellOfEnds(of ended: [LiveStream]) async {
        for stream in ended where await stream.task.value.wasOpened {
            for url in receivers(of: .stopped, stream) { await tell(stream, .stopped, at: url) }
        }
    }

    func streamsPlayed(_ mark: String) async {
        for stream in streams.values where stream.plays { await stream.session.played(mark) }
    }

    func streamsPressed(_ key: Character) async {
        for stream in streams.values { await stream.session.pressed(key) }
    }

    private func noteEnd(
        of stream: LiveStream,
        _ end: StreamEnd,
        _ counters: StreamCounters,
        at moment: Timestamp
    ) async {
        let payload: JSONValue = [
            "stream_id": .string(stream.identity.streamSid), "reason": .string(end.description),
            "frames_sent": .integer(Int64(counters.framesSent)),
            "frames_dropped": .integer(Int64(counters.framesDropped)),
            "messages_received": .integer(Int64(counters.messagesReceived)),
        ]
        await note("stream.stopped", payload, at: moment)
    }

    /// The stream's own callback, and the voice URL as the PBX tells it; what they answer changes nothing.
    private func receivers(of event: StreamAction.StatusEvent, _ stream: LiveStream) -> [String] {
        let wanted = stream.action.statusEvents
        let own = wanted.isEmpty || wanted.contains(event) ? stream.action.statusCallback : nil
        let voice = event != .error && hasAskedVoiceURL ? call.voiceCallbackURL : nil
        return [own, voice].compactMap(\.self)
    }

    private func tell(
        _ stream: LiveStream,
        _ event: StreamAction.StatusEvent,
        problem: String? = nil,
        at url: String
    ) async {
        await tell(.stream(event, id: stream.identity.streamSid, problem: problem), at: url)
    }
}

extension StreamEnd {
    /// Whether there was a stream at all.
    fileprivate var wasOpened: Bool { if case .unopened = self { false } else { true } }
}
