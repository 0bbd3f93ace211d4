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
    ///   - channels: whether the mix has both sides added up, or one in each channel.
    ///   - folder: the spool.
    init(
        _ id: Identifier,
        _ source: RecordingSource,
        _ channels: RecordingChannels,
        of call: Call,
        folder: String
    ) {
        let day = call.createdAt.rfc3339.prefix(10).split(separator: "-").joined(separator: "/")
        mix = SpooledRecording(id, source, of: call.id, in: day).mix
        let names = RecordingFileNames.all(ofMix: mix).map { "\(folder)/\($0)" }
        files =
            switch (source, channels) {
            case (.record, _): RecordingFiles(received: names[0])
            case (.conference, _): RecordingFiles(mix: names[0])
            case (.call, .mono), (.dial, .mono), (.api, .mono):
                RecordingFiles(received: names[1], sent: names[2], mix: names[0])
            case (.call, .dual), (.dial, .dual), (.api, .dual):
                RecordingFiles(received: names[1], sent: names[2], stereo: names[0])
            }
    }
}
