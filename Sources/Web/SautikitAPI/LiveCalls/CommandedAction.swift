import Platform

/// A voice action whose fields stand in a command, beside its name.
enum CommandedAction {
    /// What a command has besides the action's own fields.
    private static let others: Set<String> = ["command", "participant", "callback_url", "extra"]

    /// The action of this verb.
    ///
    /// - Throws: `PlatformError` with every fault; fields are named as the client wrote them.
    static func read(_ document: JSONValue, as verb: String) throws(PlatformError) -> VoiceAction {
        guard case .object(let members) = document else {
            throw PlatformError(.requestInvalid, "The body must be an object.")
        }
        let fields = members.filter { !others.contains($0.name) }
        let actions: JSONValue = .array([.object([JSONMember(verb, .object(fields))])])
        guard let action = try VoiceActionParser.parse(actions, field: "actions").first else {
            throw PlatformError(.requestInvalid, "The command names nothing to do.")
        }
        return action
    }
}
