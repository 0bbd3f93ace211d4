package import Primitives

/// A recording of a call, once it is complete. A call may have several.
package struct Recording: Sendable, Equatable {
    /// Its id.
    package let id: Identifier
    /// The call.
    package let callID: Identifier
    /// Whose it is.
    package let workspaceID: Identifier
    /// Why it was made.
    package let source: RecordingSource
    /// What is fetched: its name in the store.
    package let file: String
    /// How much sound there is.
    package let duration: Duration
    /// The size of the file.
    package let sizeBytes: Int64
    /// How its two sides are in the file.
    package let channels: RecordingChannels
    /// When it was stored.
    package let createdAt: Timestamp
    /// When it was taken away; its files are gone since then, or about to be.
    package let removedAt: Timestamp?
}
