import Database
package import Primitives

/// Notes that a recording is complete, and that the store is to have it.
package struct KeepRecording: Sendable {
    private let context: PlatformContext
    private let vault: ObjectVault

    /// Makes the use case; `vault` says what the recording will be called there.
    package init(_ context: PlatformContext, vault: ObjectVault) {
        self.context = context
        self.vault = vault
    }

    /// Notes it, and wakes who stores it; a second time changes nothing.
    ///
    /// - Parameters:
    ///   - id: chosen when the recording began.
    ///   - mix: a path below the spool, and so in the store.
    ///   - spoolID: which spool that is.
    /// - Throws: `PlatformError` `calls.not_found`; `DatabaseError`.
    package func callAsFunction(
        id: Identifier,
        source: RecordingSource,
        callID: Identifier,
        mix: String,
        facts: RecordingFacts,
        spoolID: Identifier
    ) async throws {
        try await context.database.write(isolation: .readCommitted) { tx in
            guard let call = try CallTable.find(callID, in: tx) else {
                throw PlatformError(.callNotFound, "There is no call \(callID).")
            }
            let job = RecordingJob(
                id: id,
                callID: callID,
                workspaceID: call.workspaceID,
                source: source,
                file: vault.name(for: "recordings/\(mix)"),
                facts: facts,
                spoolID: spoolID,
                spooled: mix,
                attempt: 0
            )
            guard try RecordingTable.find(id, in: tx) == nil,
                try RecordingJobTable.insert(job, dueAt: context.serverClock.now(), in: tx)
            else { return }
            tx.notify(Channel.recordings)
        }
    }
}
