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
    let names: RecordingNames

    init(_ id: Identifier, _ slot: Slot, _ source: RecordingSource, of call: Call, folder: String) {
        self.id = id
        self.slot = slot
        self.source = source
        names = RecordingNames(id, source, of: call, folder: folder)
    }
}
