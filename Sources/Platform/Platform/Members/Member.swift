package import Primitives

/// A person of a workspace, as the others see them.
package struct Member: Sendable, Equatable {
    /// The person.
    package let user: User
    /// What they are to the workspace.
    package let role: Role
    /// Since when.
    package let joinedAt: Timestamp
}
