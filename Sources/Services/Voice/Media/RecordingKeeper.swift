import Foundation
import Logging
import MediaEngine
import Platform
import Primitives

/// Makes recordings known when they are complete.
struct RecordingKeeper: Sendable {
    let context: PlatformContext
    let configuration: VoiceConfiguration
    let persistence: Persistence

    init(_ context: PlatformContext, _ configuration: VoiceConfiguration, _ persistence: Persistence) {
        self.context = context
        self.configuration = configuration
        self.persistence = persistence
    }

    /// Keeps a recording.
    ///
    /// - Returns: a link to it; nil when there is nothing in it, or it is refused.
    func keep(_ summary: RecordingSummary, _ recording: OngoingRecording, of call: Call) async -> String? {
        if let failure = summary.failure {
            persistence.logger.error("a recording is not whole", metadata: ["error": "\(failure)"])
        }
        guard summary.sampleCount > 0 else {
            drop(recording)
            return nil
        }
        return await persistence.untilStored("recording") {
            try await SaveRecording(context)(
                id: recording.id,
                source: recording.source,
                callID: call.id,
                file: recording.names.file,
                duration: summary.duration,
                sizeBytes: Int64(summary.mixByteCount),
                publicURL: configuration.publicURL
            )
        }
    }

    /// Nothing was said: the empty files are of use to nobody.
    private func drop(_ recording: OngoingRecording) {
        let files = recording.names.files
        for path in [files.received, files.sent, files.mix, files.stereo].compactMap(\.self) {
            do {
                try FileManager.default.removeItem(atPath: path)
            } catch CocoaError.fileNoSuchFile {
                continue
            } catch {
                persistence.logger.warning("an empty recording stays", metadata: ["error": "\(error)"])
            }
        }
    }
}
