package import Primitives

/// A key as its workspace sees it: everything but the secret.
package struct APIKey: Sendable, Equatable {
    /// Its id.
    package let id: Identifier
    /// Whose it is.
    package let workspaceID: Identifier
    /// What its maker calls it.
    package let name: String
    /// How the secret begins: enough to tell keys apart.
    package let displayPrefix: String
    /// Whether it acts in the test twin of the workspace: `tsk_test_…`.
    package let isTest: Bool
    /// What it may do.
    package let scopes: Set<Scope>
    /// From where it may be used; empty for everywhere.
    package let allowedNetworks: [IPNetwork]
    /// Who made it; nil for the operator and for other keys.
    package let createdBy: Identifier?
    /// When it was made.
    package let createdAt: Timestamp
    /// From when on it does not work.
    package let expiresAt: Timestamp?
    /// When it was revoked.
    package let revokedAt: Timestamp?
    /// When it was last used, to the minute or so.
    package let lastUsedAt: Timestamp?
    /// What its calls and claims are limited to, within the workspace's limits.
    package let limits: Limits
}
