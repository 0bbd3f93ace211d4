import Database
package import Primitives

/// Deletes a call's recording before its time, for whoever it belongs to.
package struct DeleteRecording: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Takes the recording away; its files are deleted within moments.
    ///
    /// - Throws: `PlatformError` `calls.not_found`, `calls.recording_not_found`, `calls.recording_expired` for one that
    ///   is gone, `calls.recording_pending`, `recording_unavailable`, `workspace.suspended`; `DatabaseError`.
    package func callAsFunction(workspaceID: Identifier, reference: String) async throws {
        let now = context.clock.now()
        try await context.database.write(isolation: .readCommitted) { tx in
            _ = try WorkspaceTable.requireActive(workspaceID, in: tx)
            let count = CountStorage(context)
            let use = try count.take(workspaceID, at: now, in: tx)
            let found = try FindRecording(context).state(of: reference, workspaceID: workspaceID, at: now, in: tx)
            guard case .ready(let recording) = found else {
                throw PlatformError(.recordingPending, "The recording is being finished. Delete it in a moment.")
            }
            guard try RecordingTable.remove(recording.id, at: now, purgeAt: context.serverClock.now(), in: tx) else {
                throw FindRecording.gone
            }
            try count.move(use, of: workspaceID, by: -recording.sizeBytes, at: now, in: tx)
            try RecordAudit(context)(
                .recordingDeleted,
                of: recording.id,
                before: [
                    "call_id": .string(recording.callID.uuidString), "size_bytes": .integer(recording.sizeBytes),
                ],
                workspaceID: workspaceID,
                in: tx
            )
        }
    }
}
