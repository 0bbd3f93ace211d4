package import Primitives

/// A person in a workspace.
package struct Membership: Sendable, Equatable {
    /// The workspace.
    package let workspace: Workspace
    /// The person.
    package let userID: Identifier
    /// What they are to it.
    package let role: Role
    /// Since when.
    package let joinedAt: Timestamp
}
