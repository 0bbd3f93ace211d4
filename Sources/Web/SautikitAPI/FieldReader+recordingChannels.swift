import Platform
import WebSupport

extension FieldReader {
    /// How the two sides of a recording are wanted; mono when nothing is said.
    mutating func recordingChannels(_ name: String) -> RecordingChannels {
        guard let text = optionalString(name) else { return .mono }
        if let channels = RecordingChannels(rawValue: text) { return channels }
        let words = RecordingChannels.allCases.map(\.rawValue).joined(separator: " or ")
        add([FieldFault(name, "'\(name)' is \(words).")])
        return .mono
    }
}
