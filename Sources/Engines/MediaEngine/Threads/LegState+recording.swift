/// A leg has any number of recordings at once; few have more than two.
extension LegState {
    func startRecording(_ recorder: Recorder) {
        stopRecording(recorder.id) { _ in }
        recorders.append(recorder)
    }

    func pauseRecording(_ id: Int, _ isPaused: Bool) {
        for index in recorders.indices where recorders[index].id == id { recorders[index].setPaused(isPaused) }
    }

    /// Completes a recording; false when there is none of this id.
    @discardableResult
    func stopRecording(_ id: Int, _ done: @escaping @Sendable (RecordingSummary) -> Void) -> Bool {
        guard let place = recorders.firstIndex(where: { $0.id == id }) else { return false }
        var recorder = recorders.remove(at: place)
        recorder.finish(done)
        return true
    }

    /// Completes all recordings: nobody asks for them any more, but what was recorded is whole.
    func stopRecordings() {
        for id in recorders.map(\.id) { stopRecording(id) { _ in } }
    }

    /// Notes what a packet of the peer says.
    func recordHeard(_ samples: UnsafeBufferPointer<Int16>, timestamp: UInt32) {
        for index in recorders.indices { unsafe recorders[index].hear(samples, timestamp: timestamp) }
    }

    /// Whether anybody wants what is sent as samples.
    var isSaidWanted: Bool { !recorders.isEmpty || !taps.isEmpty }

    /// Notes what is sent in this frame.
    func recordSaid(_ samples: UnsafeBufferPointer<Int16>) {
        if !taps.isEmpty {
            for index in said.indices { said[index] = unsafe samples[index] }
        }
        for index in recorders.indices { unsafe recorders[index].say(samples) }
    }

    /// Notes a packet of somebody else that is passed on.
    func recordPassed(_ samples: UnsafeBufferPointer<Int16>, timestamp: UInt32) {
        for index in recorders.indices { unsafe recorders[index].pass(samples, timestamp: timestamp) }
    }

    /// 20 ms have passed.
    func advanceRecordings() {
        for index in recorders.indices where recorders[index].advance() {
            onEvent(.recordingLimitReached(id: recorders[index].id))
        }
    }
}
