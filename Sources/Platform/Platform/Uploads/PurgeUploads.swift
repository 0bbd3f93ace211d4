/// Deletes the files of uploads that were taken away or never finished, and then forgets them.
package struct PurgeUploads: Sendable {
    private let purge: PurgeFiles

    /// Deletes from `vault`.
    package init(_ context: PlatformContext, vault: ObjectVault) {
        purge = PurgeFiles(
            context: context,
            kind: "an upload",
            take: { try UploadTable.purges.lease(dueBy: $0, until: $1, limit: $2, in: $3) },
            delete: { try await vault.delete($0.file) },
            end: { try UploadTable.endPurge(of: $0, in: $1) }
        )
    }

    /// Deletes what is due and returns how many; what cannot be deleted is tried again in a minute.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction() async throws -> Int { try await purge() }
}
