/// Reads voice actions that are part of another document: the `actions` of a request, and those that a call was stored with.
package enum VoiceActionParser {
    /// The most actions of one document, those inside of others counted (facts section 8.3).
    package static let longest = 50

    /// Reads an array of actions, each an object with exactly one verb. Their URLs must be absolute.
    ///
    /// - Parameter field: where the array is, for the faults' paths.
    /// - Throws: `PlatformError` with every fault, up to a hundred.
    package static func parse(_ document: JSONValue, field: String) throws(PlatformError) -> [VoiceAction] {
        guard case .array(let items) = document else {
            throw PlatformError(.requestInvalid, "'\(field)' must be an array of actions.", field: field)
        }
        let tree = VerbTree(path: field, items: JSONVerbs.items(items, path: field))
        return try VoiceDocument(tree, base: nil).actions
    }
}
