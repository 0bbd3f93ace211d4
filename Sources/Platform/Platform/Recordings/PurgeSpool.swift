/// Deletes the files of recordings that could not be stored, once the operator has had time to look at them.
package struct PurgeSpool: Sendable {
    private let purge: PurgeFiles

    /// Deletes from `spool`.
    package init(_ context: PlatformContext, spool: any RecordingSpool) {
        purge = PurgeFiles(
            context: context,
            kind: "a recording in the spool",
            take: {
                try RecordingJobTable.purges.lease(spoolID: spool.id, dueBy: $0, until: $1, limit: $2, in: $3)
            },
            delete: { try await spool.remove(RecordingFileNames.all(ofMix: $0.file)) },
            end: { try RecordingJobTable.purges.end(of: $0, in: $1) }
        )
    }

    /// Deletes what is due and returns of how many recordings.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction() async throws -> Int { try await purge() }
}
