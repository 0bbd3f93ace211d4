import MediaEngine
import Platform
import Primitives

/// A recording that goes on.
struct OngoingRecording {
    /// Which of a leg's recordings it is.
    enum Slot: Int {
        case call = 0
        case verb = 1
    }

    let id: Identifier
    let slot: Slot
    let source: RecordingSource
    let channels: RecordingChannels
    let names: RecordingNames

    init(
        _ id: Identifier,
        _ slot: Slot,
        _ source: RecordingSource,
        _ channels: RecordingChannels = .mono,
        of call: Call,
        folder: String
    ) {
        self.id = id
        self.slot = slot
        self.source = source
        self.channels = channels
        names = RecordingNames(id, source, channels, of: call, folder: folder)
    }
}
