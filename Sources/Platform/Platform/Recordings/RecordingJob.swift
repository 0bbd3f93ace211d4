import Primitives

/// A complete recording that is to be stored.
struct RecordingJob: Sendable {
    /// The recording's id.
    let id: Identifier
    let callID: Identifier
    let workspaceID: Identifier
    let source: RecordingSource
    /// The mix's name in the store. It is fixed from the beginning, so that every attempt writes to the same place, sealed or not.
    let file: String
    let facts: RecordingFacts
    let spoolID: Identifier
    /// The mix in the spool.
    let spooled: String
    /// How often it was tried, this time included.
    let attempt: Int
}
