package import Primitives

/// An audio file of a workspace's, which its calls can play for as long as it is kept.
package struct Upload: Sendable, Equatable {
    /// The most bytes of a file: 20 MB.
    package static let largest = 20_000_000

    /// Its id, for good.
    package let id: Identifier
    /// Whose it is.
    package let workspaceID: Identifier
    /// What its file was called.
    package let name: String
    /// `audio/wav` or `audio/mpeg`, by its contents.
    package let mimeType: String
    /// Its name in the store.
    package let file: String
    /// Its size.
    package let sizeBytes: Int64
    /// How long it plays.
    package let duration: Duration
    /// When it was uploaded.
    package let createdAt: Timestamp
}
