package import Primitives

/// A conference, as the database knows it.
package struct Conference: Sendable, Equatable {
    /// Its id: a name may be used for one conference after another.
    package let id: Identifier
    /// Whose it is.
    package let workspaceID: Identifier
    /// The room's name within the workspace.
    package let name: String
    /// The voice node that mixes it.
    package let nodeID: Identifier
    /// When the first participant came.
    package let createdAt: Timestamp
    /// When it began: before that, everybody waits.
    package let startedAt: Timestamp?
    /// When the last participant had left.
    package let endedAt: Timestamp?
    /// How many are in it now.
    package let participantCount: Int64

    /// Where it is in its life, as clients are told.
    package var status: String { endedAt != nil ? "completed" : startedAt == nil ? "waiting" : "in_progress" }
}
