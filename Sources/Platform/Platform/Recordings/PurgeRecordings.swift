/// Deletes the files of recordings that were taken away.
package struct PurgeRecordings: Sendable {
    private let purge: PurgeFiles

    /// Deletes from `vault`.
    package init(_ context: PlatformContext, vault: ObjectVault) {
        purge = PurgeFiles(
            context: context,
            kind: "a recording",
            take: { try RecordingTable.purges.lease(dueBy: $0, until: $1, limit: $2, in: $3) },
            delete: { for name in RecordingFileNames.all(ofMix: $0.file) { try await vault.delete(name) } },
            end: { try RecordingTable.purges.end(of: $0, in: $1) }
        )
    }

    /// Deletes what is due and returns of how many recordings; what cannot be deleted is tried again in a minute.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction() async throws -> Int { try await purge() }
}
