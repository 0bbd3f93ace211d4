import Platform
import Primitives
import WebSupport

extension FieldReader {
    /// A moment in RFC 3339 that must be there.
    mutating func moment(_ name: String) -> Timestamp {
        let text = string(name)
        if let moment = Timestamp(rfc3339: text) { return moment }
        add([FieldFault(name, "'\(name)' is a time such as 2026-06-27T10:00:00Z.")])
        return Timestamp(millisecondsSinceEpoch: 0)
    }
}
