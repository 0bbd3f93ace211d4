extension MediaLeg {
    /// Records from now on.
    ///
    /// - Parameter id: tells the recording from others of the leg; one with this id that runs is completed.
    package func startRecording(
        _ files: RecordingFiles,
        _ options: RecordingOptions = RecordingOptions(),
        id: Int = 0
    ) {
        let limit = options.sampleLimit(longest: longestRecording)
        let writer = RecordingWriter(files, trimsSilence: options.trimsSilence)
        onLeg { leg, _ in leg.startRecording(Recorder(id: id, writer: writer, limit: limit)) }
    }

    /// Leaves out what comes until `resumeRecording`.
    package func pauseRecording(id: Int = 0) {
        onLeg { leg, _ in leg.pauseRecording(id, true) }
    }

    /// Records again.
    package func resumeRecording(id: Int = 0) {
        onLeg { leg, _ in leg.pauseRecording(id, false) }
    }

    /// Completes the recording; nil when there was none.
    package func stopRecording(id: Int = 0) async -> RecordingSummary? {
        await ask(orElse: nil) { leg, answer in
            if !leg.stopRecording(id, { answer($0) }) { answer(nil) }
        }
    }
}
