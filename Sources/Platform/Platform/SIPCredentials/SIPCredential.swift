package import Primitives

/// Lets a SIP device register as a number, and call as that number only (facts section 11.3).
package struct SIPCredential: Sendable, Equatable {
    /// Its id.
    package let id: Identifier
    /// The number that it belongs to.
    package let numberID: Identifier
    /// Whose it is; as a UUID the digest's realm, which rotation does not change.
    package let workspaceID: Identifier
    /// What its maker calls it.
    package let label: String
    /// The digest's user name, unlike any other.
    package let username: String
    /// When it was made.
    package let createdAt: Timestamp
    /// When its password was last changed.
    package let rotatedAt: Timestamp?
    /// When it was revoked.
    package let revokedAt: Timestamp?

    /// The digest's realm.
    package var realm: String { workspaceID.uuidString }
}
