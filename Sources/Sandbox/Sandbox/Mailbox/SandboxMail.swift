package import Primitives

/// A mail that the sandbox's mailbox was given.
package struct SandboxMail: Sendable, Equatable {
    /// When it came.
    package let receivedAt: Timestamp
    /// To whom.
    package let recipients: [String]
    /// The header of that name; empty when there is none.
    package let subject: String
    /// Its text, decoded.
    package let text: String
}
