import Foundation
import Platform

/// The folder that recordings are in.
struct RecordingFiles {
    private let folder: String

    init(folder: String) {
        self.folder = folder
    }

    /// Where a recording is, and its size in bytes now.
    ///
    /// - Throws: `calls.recording_expired` when the file is gone.
    func locate(_ recording: Recording) throws(PlatformError) -> (path: String, size: Int) {
        let path = "\(folder)/\(recording.file)"
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let size = attributes?[.size] as? Int else {
            throw PlatformError(.recordingExpired, "The recording has been removed.")
        }
        return (path, size)
    }
}
