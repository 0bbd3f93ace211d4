package import Primitives

/// An open door to a workspace for one e-mail address (seed: "Workspaces").
package struct Invitation: Sendable, Equatable {
    /// Its id.
    package let id: Identifier
    /// Where it leads.
    package let workspaceID: Identifier
    /// Whom it is for.
    package let email: String
    /// What they will be.
    package let role: Role
    /// When it was sent first.
    package let createdAt: Timestamp
    /// From when on it leads nowhere.
    package let expiresAt: Timestamp
    /// When it was accepted.
    package let acceptedAt: Timestamp?
    /// When it was taken back.
    package let revokedAt: Timestamp?

    func isPending(at now: Timestamp) -> Bool {
        acceptedAt == nil && revokedAt == nil && expiresAt > now
    }
}
