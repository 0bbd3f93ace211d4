import MediaEngine
import Platform
import Primitives
import Sound

/// What is recorded of a call: all of it, from when somebody asks, and what a `record` action asks for.
extension CallRunner {
    /// A `record` action that goes on.
    struct RecordVerb {
        let action: RecordAction
        let token: FlowToken
        /// Nil while the beep is heard.
        var recording: OngoingRecording?
    }

    // MARK: The call's own

    /// Records both sides from now on, unless that is done already.
    func startRecording(_ source: RecordingSource, _ channels: RecordingChannels, at moment: Timestamp) async {
        guard recording == nil, let leg = media?.leg else { return }
        let new = newRecording(.call, source, channels)
        recording = new
        leg.startRecording(new.names.files, id: new.slot.rawValue)
        await note("recording.started", ["recording_id": .string(new.id.rendered(prefix: "rec"))], at: moment)
    }

    func record(
        _ control: CallCommand.RecordingControl,
        _ channels: RecordingChannels,
        at moment: Timestamp
    ) async {
        if control == .start { return await startRecording(.api, channels, at: moment) }
        guard let recording, let leg = media?.leg else { return }
        switch control {
        case .start: break
        case .pause: leg.pauseRecording(id: recording.slot.rawValue)
        case .resume: leg.resumeRecording(id: recording.slot.rawValue)
        case .stop:
            self.recording = nil
            meanwhile { [self] in _ = await complete(recording, of: leg) }
        }
    }

    // MARK: The action

    func begin(_ action: RecordAction, _ token: FlowToken, at moment: Timestamp) async {
        await note("flow.record", at: moment)
        guard let leg = media?.leg else { return }
        recordVerb = RecordVerb(action: action, token: token)
        if action.playsBeep {
            leg.play(CallTones.beep, id: token.number)
        } else {
            startVerb()
        }
    }

    /// Whether what has been played was the beep before a recording.
    func beepEnded(_ id: Int) -> Bool {
        guard recordVerb?.token.number == id, recordVerb?.recording == nil else { return false }
        startVerb()
        return true
    }

    private func startVerb() {
        guard let action = recordVerb?.action, let leg = media?.leg else { return }
        let new = newRecording(.verb, .record, .mono)
        recordVerb?.recording = new
        let options = RecordingOptions(maxLength: action.maxLength, trimsSilence: action.trimsSilence)
        leg.startRecording(new.names.files, options, id: new.slot.rawValue)
        if action.timeout > .zero { leg.detectSilence(after: action.timeout) }
    }

    /// A key that ends the action.
    func endsRecord(_ key: Character) -> Bool { recordVerb?.action.finishOnKey.contains(key) == true }

    /// Ends the action and tells the flow.
    func endRecord(digits: String = "", at moment: Timestamp) async {
        guard let verb = recordVerb else { return }
        recordVerb = nil
        guard let leg = media?.leg, let recording = verb.recording else {
            let result = RecordResult(recordingID: nil, url: nil, duration: .zero, digits: digits)
            return inbox.put(.flow(.recorded(verb.token, result)))
        }
        leg.detectSilence(after: nil)
        meanwhile { [self] in
            let result = await complete(recording, of: leg, digits: digits)
            inbox.put(.flow(.recorded(verb.token, result)))
        }
    }

    /// Keeps what was recorded so far, without telling the flow: something else takes its place.
    func abandonRecord() async {
        guard let verb = recordVerb, let leg = media?.leg else { return }
        recordVerb = nil
        leg.detectSilence(after: nil)
        guard let recording = verb.recording else { return }
        meanwhile { [self] in _ = await complete(recording, of: leg) }
    }

    // MARK: The end

    /// What was still recorded when the call ended.
    struct CompletedRecordings {
        var call: (OngoingRecording, RecordingSummary)?
        var verb: (OngoingRecording, RecordingSummary, RecordAction)?
    }

    /// Completes what still goes on when the call ends.
    func completeRecordings(of leg: MediaLeg) async -> CompletedRecordings {
        var completed = CompletedRecordings()
        if let recording, let summary = await leg.stopRecording(id: recording.slot.rawValue) {
            completed.call = (recording, summary)
        }
        if let verb = recordVerb, let recording = verb.recording,
            let summary = await leg.stopRecording(id: recording.slot.rawValue)
        {
            completed.verb = (recording, summary, verb.action)
        }
        (recording, recordVerb) = (nil, nil)
        return completed
    }

    /// Makes known what was still recorded. A caller who hangs up has ended the message: the action's server is told of it as
    /// of any other.
    func keep(_ completed: CompletedRecordings) async {
        if let (recording, summary) = completed.call { _ = await keep(summary, recording) }
        guard let (recording, summary, action) = completed.verb else { return }
        let result = await keep(summary, recording)
        guard result.recordingID != nil, let url = action.action ?? call.voiceCallbackURL else { return }
        await tell(.recorded(result), at: url)
    }

    private func complete(_ recording: OngoingRecording, of leg: MediaLeg, digits: String = "") async -> RecordResult {
        guard let summary = await leg.stopRecording(id: recording.slot.rawValue) else {
            return RecordResult(recordingID: nil, url: nil, duration: .zero, digits: digits)
        }
        return await keep(summary, recording, digits: digits)
    }

    private func keep(
        _ summary: RecordingSummary,
        _ recording: OngoingRecording,
        digits: String = ""
    ) async -> RecordResult {
        guard let url = await services.keeper.keep(summary, recording, of: call, persistence) else {
            return RecordResult(recordingID: nil, url: nil, duration: .zero, digits: digits)
        }
        return RecordResult(recordingID: recording.id, url: url, duration: summary.duration, digits: digits)
    }

    private func newRecording(
        _ slot: OngoingRecording.Slot,
        _ source: RecordingSource,
        _ channels: RecordingChannels
    ) -> OngoingRecording {
        OngoingRecording(
            services.context.ids.next(),
            slot,
            source,
            channels,
            of: call,
            folder: services.keeper.folder
        )
    }
}
