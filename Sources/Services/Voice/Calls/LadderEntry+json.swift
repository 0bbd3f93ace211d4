import Platform
import Primitives
import SIPStack

extension LadderEntry {
    /// As it stands on the timeline.
    var json: JSONValue {
        [
            "direction": isOutgoing ? "out" : "in", "message": .string(line), "cseq": .string(cseq),
            "offset_ms": .integer(offset.wholeMilliseconds),
        ]
    }
}
