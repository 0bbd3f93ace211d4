/// Something in a document that is allowed and probably not meant.
package struct VoiceWarning: Sendable, Equatable {
    /// What a program can tell warnings apart by.
    package enum Code: String, Sendable, CaseIterable {
        /// The action never has its turn.
        case unreachable
        /// The action lasts until somebody ends it.
        case openEnded = "open_ended"
        /// The document asks for itself again, and may do so for ever.
        case asksItself = "asks_itself"
    }

    /// Where: `actions[1].hangup`, `Response.Redirect[0]`.
    package let path: String
    /// For people.
    package let message: String
    /// For programs.
    package let code: Code

    /// Names all parts.
    package init(_ path: String, _ message: String, code: Code) {
        self.path = path
        self.message = message
        self.code = code
    }
}
