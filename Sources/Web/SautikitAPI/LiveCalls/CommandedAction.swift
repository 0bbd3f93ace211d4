import Platform
import WebSupport

/// The voice action that a command needs, in its field `action`.
enum CommandedAction {
    /// Reads it.
    ///
    /// - Parameter verbs: those that it may be.
    /// - Throws: `PlatformError` with every fault.
    static func read(_ reader: FieldReader, _ verbs: Set<String>) throws(PlatformError) -> VoiceAction {
        guard let value = reader.raw("action") else { throw refusal(verbs) }
        let actions = try VoiceActionParser.parse(.array([value]), field: "action")
        guard let action = actions.first, verbs.contains(action.verb) else { throw refusal(verbs) }
        return action
    }

    private static func refusal(_ verbs: Set<String>) -> PlatformError {
        let names = verbs.sorted().joined(separator: " or ")
        return PlatformError(.requestInvalid, "'action' is required: one action, \(names).", field: "action")
    }
}
