/// One thing that the doctor looked at.
package struct Finding: Sendable, Equatable {
    /// How it is.
    package enum Verdict: String, Sendable {
        /// As it should be.
        case fine
        /// Worth knowing; nothing needs to be done.
        case note
        /// It must be put right.
        case wrong
    }

    /// What was looked at.
    package let subject: String
    /// How it is.
    package let verdict: Verdict
    /// What was found.
    package let text: String
    /// What to do about it; empty when it is fine.
    package let advice: String

    static func fine(_ subject: String, _ text: String) -> Finding {
        Finding(subject: subject, verdict: .fine, text: text, advice: "")
    }

    static func note(_ subject: String, _ text: String, _ advice: String) -> Finding {
        Finding(subject: subject, verdict: .note, text: text, advice: advice)
    }

    static func wrong(_ subject: String, _ text: String, _ advice: String) -> Finding {
        Finding(subject: subject, verdict: .wrong, text: text, advice: advice)
    }
}
