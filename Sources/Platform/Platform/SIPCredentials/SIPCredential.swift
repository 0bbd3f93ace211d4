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

    static let usernameLetters = 15
    /// Letters and digits that are not mistaken for each other when they are typed into a telephone.
    static let alphabet = Array("23456789abcdefghjkmnpqrstuvwxyz".utf8)

    /// Whether a name has the form of a credential's user name; that says nothing of whether there is such a credential.
    package static func isUsername(_ text: String) -> Bool {
        text.utf8.count == usernameLetters + 1 && text.utf8.first == UInt8(ascii: "u")
            && text.utf8.dropFirst().allSatisfy { alphabet.contains($0) }
    }
}
