import Foundation
import Platform

extension TimelineEntry {
    /// The payload, read from the text that the timeline keeps; null when it is no JSON.
    var details: JSONValue {
        (try? JSONValue(parsing: Data(payload.text.utf8))) ?? nil
    }
}
