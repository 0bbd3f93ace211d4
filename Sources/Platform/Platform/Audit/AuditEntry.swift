package import Primitives

/// A change, as the audit log keeps it.
package struct AuditEntry: Sendable, Equatable {
    /// Its id, in the order of time.
    package let id: Identifier
    /// Where it happened.
    package let workspaceID: Identifier
    /// When.
    package let occurredAt: Timestamp
    /// What was done.
    package let action: AuditAction
    /// Who did it, and from where.
    package let asker: Asker
    /// The thing that it was done to.
    package let subjectID: Identifier
    /// The thing as it was, as an object; `null` when it was not there before.
    package let before: JSONValue
    /// The thing as it was left, as an object; `null` when it is not there any more.
    package let after: JSONValue
}
