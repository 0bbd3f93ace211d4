extension MediaLeg {
    /// Records from now on. One recording at a time: one that runs is completed.
    package func startRecording(_ files: RecordingFiles, options: RecordingOptions = RecordingOptions()) {
        let length = min(options.maxLength ?? longestRecording, longestRecording)
        let (seconds, attoseconds) = length.components
        let limit = Int(seconds) * ToneGenerator.sampleRate + Int(attoseconds / 125_000_000_000_000)
        let writer = RecordingWriter(files, trimsSilence: options.trimsSilence)
        onLeg { leg, _ in
            leg.stopRecording { _ in }
            leg.recorder = Recorder(writer: writer, limit: limit)
        }
    }

    /// Leaves out what comes until `resumeRecording`.
    package func pauseRecording() {
        onLeg { leg, _ in leg.recorder?.setPaused(true) }
    }

    /// Records again.
    package func resumeRecording() {
        onLeg { leg, _ in leg.recorder?.setPaused(false) }
    }

    /// Completes the recording; nil when there was none.
    package func stopRecording() async -> RecordingSummary? {
        await ask(orElse: nil) { leg, answer in
            if !leg.stopRecording({ answer($0) }) { answer(nil) }
        }
    }
}
