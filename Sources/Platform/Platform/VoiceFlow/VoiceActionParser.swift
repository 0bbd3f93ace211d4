/// Reads voice actions, strictly: unknown verbs and fields are refused by name, and all faults are told at once.
package enum VoiceActionParser {
    /// The most actions of one document (facts section 8.3).
    package static let longest = 50

    private static let later: Set<String> = [
        "say", "getDigits", "dial", "conference", "record", "redirect", "reject", "stream", "aiAgent",
    ]

    /// Reads an array of actions, each an object with exactly one verb.
    ///
    /// - Parameter field: where the array is, for the faults' paths.
    /// - Throws: `PlatformError` with every fault.
    package static func parse(_ document: JSONValue, field: String) throws(PlatformError) -> [VoiceAction] {
        guard case .array(let items) = document else {
            throw PlatformError(.requestInvalid, "'\(field)' must be an array of actions.", field: field)
        }
        guard items.count <= longest else {
            throw PlatformError(.requestInvalid, "'\(field)' has at most \(longest) actions.", field: field)
        }
        var actions: [VoiceAction] = []
        var faults: [FieldFault] = []
        for (index, item) in items.enumerated() {
            let reader = VoiceActionReader(path: "\(field)[\(index)]")
            switch reader.read(item, later: later) {
            case .success(let action): actions.append(action)
            case .failure(let found): faults += found.faults
            }
        }
        if let error = PlatformError(faults) { throw error }
        return actions
    }
}
