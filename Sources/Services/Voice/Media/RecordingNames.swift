import MediaEngine
import Platform
import Primitives

/// Where a recording is: a folder a day, files named after it.
struct RecordingNames {
    /// What the customer fetches, below the recordings folder.
    let file: String
    /// Where the media engine writes.
    let files: RecordingFiles

    /// - Parameter source: of a `record` action what the caller says alone is kept, of all else both sides and their mix.
    init(_ id: Identifier, _ source: RecordingSource, of call: Call, folder: String) {
        let day = call.createdAt.rfc3339.prefix(10).split(separator: "-").joined(separator: "/")
        let names = RecordingFileNames(base: "\(day)/\(id.rendered(prefix: "rec"))")
        switch source {
        case .record:
            file = names.received
            files = RecordingFiles(received: "\(folder)/\(names.received)")
        case .conference:
            file = names.mix
            files = RecordingFiles(mix: "\(folder)/\(names.mix)")
        case .call, .dial, .api:
            file = names.mix
            files = RecordingFiles(
                received: "\(folder)/\(names.received)",
                sent: "\(folder)/\(names.sent)",
                mix: "\(folder)/\(names.mix)"
            )
        }
    }
}
