import Database
import Logging
import Primitives

/// Deletes the files of uploads that were taken away or never finished. The row stays until its file is gone, so a crash
/// between the two only deletes it again.
package struct PurgeUploads: Sendable {
    private static let batch = 50
    /// How long somebody may be busy with a batch before another tries.
    private static let lease: Duration = .seconds(60)

    private let context: PlatformContext
    private let store: any UploadStore

    /// Deletes from `store`.
    package init(_ context: PlatformContext, store: any UploadStore) {
        self.context = context
        self.store = store
    }

    /// Deletes what is due and returns how many; what cannot be deleted is tried again in a minute.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction() async throws -> Int {
        var total = 0
        while !Task.isCancelled {
            let now = context.serverClock.now()
            let due = try await context.database.write(isolation: .readCommitted) { tx in
                try UploadTable.leasePurge(dueBy: now, until: now + Self.lease, limit: Self.batch, in: tx)
            }
            if due.isEmpty { break }
            let gone = await remove(due)
            try await context.database.write(isolation: .readCommitted) { try UploadTable.endPurge(of: gone, in: $0) }
            total += gone.count
        }
        return total
    }

    private func remove(_ due: [(id: Identifier, file: String)]) async -> [Identifier] {
        var gone: [Identifier] = []
        for upload in due {
            do {
                try await store.remove(upload.file)
                gone.append(upload.id)
            } catch {
                context.logger.error(
                    "an upload cannot be deleted",
                    metadata: ["upload_id": "\(upload.id)", "error": "\(error)"]
                )
            }
        }
        return gone
    }
}
