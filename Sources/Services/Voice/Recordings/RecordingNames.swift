import MediaEngine
import Platform
import Primitives

/// Where a recording is: a folder a day, files named after the call and it.
struct RecordingNames {
    /// What the customer fetches, below the spool.
    let mix: String
    /// Where the media engine writes.
    let files: RecordingFiles

    /// - Parameters:
    ///   - source: of a `record` action what the caller says alone is kept, of all else both sides and their mix.
    ///   - folder: the spool.
    init(_ id: Identifier, _ source: RecordingSource, of call: Call, folder: String) {
        let day = call.createdAt.rfc3339.prefix(10).split(separator: "-").joined(separator: "/")
        mix = SpooledRecording(id, source, of: call.id, in: day).mix
        let names = RecordingFileNames.all(ofMix: mix).map { "\(folder)/\($0)" }
        files =
            switch source {
            case .record: RecordingFiles(received: names[0])
            case .conference: RecordingFiles(mix: names[0])
            case .call, .dial, .api: RecordingFiles(received: names[1], sent: names[2], mix: names[0])
            }
    }
}
