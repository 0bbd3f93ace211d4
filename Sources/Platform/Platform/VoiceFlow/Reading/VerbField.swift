/// A parameter of a verb.
struct VerbField: Sendable {
    enum Value: Sendable {
        /// As JSON has it.
        case json(JSONValue)
        /// As XML has it, where numbers and truth values are texts.
        case text(String)
        /// Actions.
        case actions([VerbItem])
    }

    /// Its name in JSON, whatever it was written as.
    let name: String
    /// Where it is.
    let path: String
    let value: Value
}
