package import Primitives

/// The folder in which a voice node writes recordings, until the store has them. It outlives the node's process.
package protocol RecordingSpool: Sendable {
    /// Names the folder, so that what is in it is looked for by nodes that can see it.
    var id: Identifier { get }

    /// Opens a file.
    ///
    /// - Throws: `ObjectFailure`; `.missing` when there is none.
    func read(_ file: String) async throws -> ObjectBytes

    /// Deletes files; one that is not there is deleted already.
    ///
    /// - Throws: what stands against it.
    func remove(_ files: [String]) async throws

    /// Recordings that nobody has written to for a while.
    ///
    /// - Throws: when the folder cannot be read.
    func quiet(for patience: Duration) async throws -> [SpooledRecording]

    /// Completes the files of a recording whose writer is gone, and says what is in them.
    ///
    /// - Throws: when they cannot be written.
    func complete(_ mix: String) async throws -> RecordingFacts
}
