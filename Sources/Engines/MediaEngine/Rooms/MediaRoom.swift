/// A handle of a conference: everybody in it hears all others. Every method only leaves a message for the room's media thread.
package final class MediaRoom: Sendable {
    let id: Int
    private let thread: MediaThread
    private let longestRecording: Duration

    init(
        thread: MediaThread,
        placement: LegPlacement,
        longestRecording: Duration,
        onEvent: @escaping @Sendable (RoomEvent) -> Void
    ) {
        id = placement.newID()
        self.thread = thread
        self.longestRecording = longestRecording
        let id = id
        thread.perform { thread in
            thread.rooms[id] = RoomState(id: id, onEvent: onEvent)
            thread.startBeating()
        }
    }

    // MARK: Members

    /// Lets a leg in, out of what it was connected to; for one that is in already, only says whether it is muted.
    package func join(_ leg: MediaLeg, isMuted: Bool = false) {
        leg.join(id, on: thread, isMuted: isMuted)
    }

    /// Lets a leg go; nothing when it is not in.
    package func leave(_ leg: MediaLeg) {
        let id = id
        leg.onLeg { leg, _ in
            if leg.room?.id == id { leg.room?.leave(leg) }
        }
    }

    /// Says whether a leg that is in is heard by the others.
    package func setMuted(_ leg: MediaLeg, _ isOn: Bool) {
        let id = id
        leg.onLeg { leg, _ in
            if leg.room?.id == id { leg.isMutedInRoom = isOn }
        }
    }

    /// What a party hears while it is alone, or held without music of its own; nil for silence.
    package func setWaitSound(_ source: AudioSource?) {
        let sound = source?.sound
        onRoom { $0.setWaitSound(sound) }
    }

    // MARK: Sound

    /// Plays something to all, over their voices, `loops` times, after what is playing.
    package func play(_ source: AudioSource, loops: Int = 1, id: Int = 0) {
        let sound = source.sound
        onRoom { $0.player.add(sound, loops: loops, id: id) }
    }

    /// Stops all that is played to all.
    package func stopPlaying() {
        onRoom { $0.stopPlaying() }
    }

    // MARK: Recording

    /// Records what is heard in the room from now on: `sent` and `mix` are the same. One recording at a time: one that runs
    /// is completed.
    package func startRecording(_ files: RecordingFiles, _ options: RecordingOptions = RecordingOptions()) {
        let limit = options.sampleLimit(longest: longestRecording)
        let writer = RecordingWriter(files, trimsSilence: options.trimsSilence)
        onRoom { room in
            room.stopRecording { _ in }
            room.recorder = Recorder(writer: writer, limit: limit)
        }
    }

    /// Leaves out what comes until `resumeRecording`.
    package func pauseRecording() {
        onRoom { $0.recorder?.setPaused(true) }
    }

    /// Records again.
    package func resumeRecording() {
        onRoom { $0.recorder?.setPaused(false) }
    }

    /// Completes the recording; nil when there was none.
    package func stopRecording() async -> RecordingSummary? {
        let id = id
        return await withCheckedContinuation { continuation in
            let isAccepted = thread.perform { thread in
                let isRecording = thread.rooms[id]?.stopRecording { continuation.resume(returning: $0) }
                if isRecording != true { continuation.resume(returning: nil) }
            }
            if !isAccepted { continuation.resume(returning: nil) }
        }
    }

    /// Lets everybody go and ends the room; a recording that runs is completed.
    package func close() {
        let id = id
        thread.perform { thread in thread.rooms.removeValue(forKey: id)?.close() }
    }

    private func onRoom(_ work: @escaping @Sendable (RoomState) -> Void) {
        let id = id
        thread.perform { thread in
            if let room = thread.rooms[id] { work(room) }
        }
    }
}

extension MediaLeg {
    /// Moves to the room's thread and joins it.
    fileprivate func join(_ room: Int, on thread: MediaThread, isMuted: Bool) {
        placement.change {
            // A bridge that has not come about yet will not.
            _ = newConnection()
            move(to: thread)
            onLeg { [self] leg, thread in
                guard let room = thread.rooms[room] else { return }
                if leg.room !== room { thread.disconnect(leg) }
                room.join(leg, self, isMuted: isMuted)
            }
        }
    }
}
