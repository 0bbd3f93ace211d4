import Logging
import MediaEngine
import Platform
import Primitives
import Sound

/// Runs one conference: `ConferenceRoom` says who hears whom, the media engine mixes, and whoever wants to know is told, in
/// order.
actor Conference {
    nonisolated let id: Identifier
    nonisolated let name: String
    private let services: ConferenceServices
    private let mix: MediaRoom
    private let persistence: Persistence
    private let onClose: @Sendable (Conference) -> Void
    /// What is written to the database.
    private let chores: SerialChores
    /// What customers' servers are told; a slow one delays no more than that.
    private let news: SerialChores
    private var room = ConferenceRoom()
    private var seats: [Identifier: ConferenceSeat] = [:]
    private var waits: [Identifier: Task<Void, Never>] = [:]
    private var sounding: Task<Void, Never>?
    private var recording: ConferenceRecording?

    /// - Parameter onClose: called when the last participant has left.
    init(
        _ id: Identifier,
        name: String,
        services: ConferenceServices,
        onClose: @escaping @Sendable (Conference) -> Void
    ) {
        self.id = id
        self.name = name
        self.services = services
        self.onClose = onClose
        mix = services.media.openRoom()
        persistence = Persistence(logger: services.context.logger)
        chores = SerialChores(executor: services.executor)
        news = SerialChores(executor: services.executor)
    }

    /// Lets a call in; false when the conference has just ended, and another must be begun.
    func enter(_ seat: ConferenceSeat) -> Bool {
        guard !room.isClosed else { return false }
        seats[seat.call.id] = seat
        let most = min(seat.action.maxParticipants ?? .max, services.configuration.conferenceLimit)
        perform(.enter(seat.member, limit: most))
        return true
    }

    /// A call has gone, or does something else.
    func leave(_ callID: Identifier) {
        guard let seat = seats[callID] else { return }
        perform(.leave(callID))
        vacate(seat)
        seat.leg.stopPlaying()
    }

    /// Does what somebody outside asked for.
    func carryOut(_ command: ConferenceCommand) {
        let about = command.participant
        // Whoever leaves by it is told all the same.
        let (seat, call) = (about.flatMap { seats[$0] } ?? seats.values.first, about.flatMap { seats[$0]?.call })
        switch (command.act, about) {
        case (.mute, let id?): perform(.mute(id, true))
        case (.unmute, let id?): perform(.mute(id, false))
        case (.hold, let id?): perform(.hold(id, true))
        case (.unhold, let id?): perform(.hold(id, false))
        case (.kick, let id?): perform(.kick(id))
        case (.mute, nil): for member in room.members { perform(.mute(member.id, true)) }
        case (.unmute, nil): for member in room.members { perform(.mute(member.id, false)) }
        case (.hold, nil): for member in room.members { perform(.hold(member.id, true)) }
        case (.unhold, nil): for member in room.members { perform(.hold(member.id, false)) }
        case (.end, _), (.kick, nil): perform(.end)
        case (.play(let action), _): play(action, to: about)
        case (.stopPlaying, let id?): seats[id]?.leg.stopPlayingOver()
        case (.stopPlaying, nil): silence()
        case (.record(let control), _): record(control, about)
        }
        if let url = command.callbackURL, let seat { tell(command.name, call, [(seat, url)]) }
    }

    // MARK: The room

    private func perform(_ event: ConferenceRoom.Event) {
        for command in room.handle(event) {
            switch command {
            case .wait(let id): wait(id)
            case .mix(let id, let isMuted): hear(id, isMuted)
            case .beep: mix.play(CallTones.beep)
            case .record(let id): record(id)
            case .tell(let event, let id): announce(event, id)
            case .release(let id): release(id)
            case .close: close()
            }
        }
    }

    private func hear(_ id: Identifier, _ isMuted: Bool) {
        guard let seat = seats[id] else { return }
        waits.removeValue(forKey: id)?.cancel()
        seat.leg.stopPlaying()
        mix.join(seat.leg, isMuted: isMuted)
        store(id)
    }

    /// Music, or what the call's document names.
    private func wait(_ id: Identifier) {
        guard let seat = seats[id] else { return }
        mix.leave(seat.leg)
        store(id)
        waits.removeValue(forKey: id)?.cancel()
        waits[id] = Task(executorPreference: services.executor) { [services] in
            var source = CallTones.holdMusic
            if let sound = seat.action.waitSound {
                do {
                    source = try await services.sounds.sound(sound, workspaceID: seat.call.workspaceID)
                } catch {
                    await seat.note("flow.sound_failed", ["error": .string("\(error)")])
                }
            }
            // Whoever no longer waits has stopped what plays, after this was cancelled.
            if !Task.isCancelled { seat.leg.play(source, loops: ConferenceServices.waitRounds) }
        }
    }

    private func release(_ id: Identifier) {
        guard let seat = seats[id] else { return }
        vacate(seat)
        seat.leg.stopPlaying()
        seat.release()
    }

    private func vacate(_ seat: ConferenceSeat) {
        let id = seat.call.id
        seats[id] = nil
        waits.removeValue(forKey: id)?.cancel()
        mix.leave(seat.leg)
        chores.add { [services, persistence] in
            _ = await persistence.untilStored("leaving of a conference") {
                try await LeaveConference(services.context)(seat.call)
            }
        }
    }

    private func close() {
        sounding?.cancel()
        onClose(self)
        let recording = recording
        self.recording = nil
        chores.add { [mix] in
            await recording?.finish()
            mix.close()
        }
    }

    private func store(_ id: Identifier) {
        guard let member = room.members.first(where: { $0.id == id }) else { return }
        let state = ConferenceParticipant.State(isMuted: member.isMuted, isHeld: member.isHeld)
        chores.add { [services, persistence] in
            _ = await persistence.untilStored("place in a conference") {
                try await RecordConference(services.context).changed(id, to: state)
            }
        }
    }

    // MARK: Sounds

    private func play(_ action: VoiceAction, to id: Identifier?) {
        let seat = id.flatMap { seats[$0] } ?? seats.values.first
        guard let seat else { return }
        silence()
        let one = id == nil ? nil : seat.leg
        sounding = Task(executorPreference: services.executor) { [services, mix] in
            do {
                try await services.sounds.play(action, workspaceID: seat.call.workspaceID) { source, loops in
                    if let one { one.playOver(source, loops: loops) } else { mix.play(source, loops: loops) }
                }
            } catch is CancellationError {
                return
            } catch {
                await seat.note("flow.sound_failed", ["error": .string("\(error)")])
            }
        }
    }

    private func silence() {
        sounding?.cancel()
        sounding = nil
        mix.stopPlaying()
    }

    // MARK: The recording

    private func record(_ id: Identifier?) {
        guard recording == nil, let seat = id.flatMap({ seats[$0] }) ?? seats.values.first else { return }
        recording = ConferenceRecording(mix, of: seat.call, services)
    }

    private func record(_ control: CallCommand.RecordingControl, _ id: Identifier?) {
        switch control {
        case .start: record(id)
        case .pause: recording?.setPaused(true)
        case .resume: recording?.setPaused(false)
        case .stop:
            let ended = recording
            recording = nil
            chores.add { await ended?.finish() }
        }
    }

    // MARK: News

    private func announce(_ event: ConferenceAction.StatusEvent, _ id: Identifier?) {
        let about = id.flatMap { seats[$0]?.call }
        if event == .start {
            chores.add { [id = self.id, services, persistence] in
                _ = await persistence.untilStored("beginning of a conference") {
                    try await RecordConference(services.context).started(id)
                }
            }
        }
        if let seat = id.flatMap({ seats[$0] }) {
            chores.add { [name] in
                await seat.note("conference.\(event.rawValue)", ["conference": .string(name)])
            }
        }
        // Each server is told once, however many of its calls are in the room.
        var told: Set<String> = []
        var receivers: [(ConferenceSeat, String)] = []
        for seat in seats.values {
            guard let url = seat.action.statusCallback, seat.action.tells(event), told.insert(url).inserted else {
                continue
            }
            receivers.append((seat, url))
        }
        tell(event.rawValue, about, receivers)
    }

    private func tell(_ event: String, _ about: Call?, _ receivers: [(ConferenceSeat, String)]) {
        guard !receivers.isEmpty else { return }
        let notice = ConferenceNotice(
            event: event,
            name: name,
            conferenceID: id,
            participant: about,
            count: room.count,
            at: services.context.clock.now()
        )
        news.add { [services] in
            for (seat, url) in receivers {
                let attempt = await services.callbacks.tell(notice.message(to: seat.call), to: url, seat.routing)
                await seat.note("conference.callback", attempt.json)
            }
        }
    }
}

extension ConferenceAction {
    fileprivate func tells(_ event: StatusEvent) -> Bool { statusEvents.isEmpty || statusEvents.contains(event) }
}
