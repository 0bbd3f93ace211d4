package import Primitives

/// A person, known by an e-mail address; belongs to any number of workspaces.
package struct User: Sendable, Equatable {
    /// Their id.
    package let id: Identifier
    /// Where they are reached, and how they sign in.
    package let email: String
    /// What they are called; nil until they have said so.
    package let name: String?
    /// When they first signed in.
    package let createdAt: Timestamp
}
