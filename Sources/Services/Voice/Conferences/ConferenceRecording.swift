import MediaEngine
import Platform
import Primitives

/// The recording of a conference, in the name of one of its calls.
struct ConferenceRecording: Sendable {
    private let mix: MediaRoom
    private let call: Call
    private let recording: OngoingRecording
    private let services: ConferenceServices

    /// Begins it.
    init(_ mix: MediaRoom, of call: Call, _ services: ConferenceServices) {
        self.mix = mix
        self.call = call
        self.services = services
        recording = OngoingRecording(
            services.context.ids.next(),
            .call,
            .conference,
            of: call,
            folder: services.keeper.folder
        )
        mix.startRecording(recording.names.files)
    }

    /// Leaves out what is said, or no longer.
    func setPaused(_ isPaused: Bool) {
        if isPaused { mix.pauseRecording() } else { mix.resumeRecording() }
    }

    /// Completes it, and makes it known.
    func finish() async {
        guard let summary = await mix.stopRecording() else { return }
        let persistence = Persistence(logger: services.context.logger)
        _ = await services.keeper.keep(summary, recording, of: call, persistence)
    }
}
