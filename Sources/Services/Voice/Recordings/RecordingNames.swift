import MediaEngine
import Platform
import Primitives

/// Where a call's recording is: a folder a day, files named after the call.
struct RecordingNames {
    /// The mix, below the spool.
    let mixName: String
    /// All three, as the media engine wants them.
    let absolute: RecordingFiles

    init(call: Call, folder: String) {
        let day = call.createdAt.rfc3339.prefix(10).split(separator: "-").joined(separator: "/")
        let base = "\(day)/\(call.id.rendered(prefix: "call"))"
        let names = RecordingFileNames(base: base)
        mixName = names.mix
        absolute = RecordingFiles(
            received: "\(folder)/\(names.received)",
            sent: "\(folder)/\(names.sent)",
            mix: "\(folder)/\(names.mix)"
        )
    }
}
