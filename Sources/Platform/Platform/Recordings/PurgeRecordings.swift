import Database
import Logging
import Primitives

/// Deletes the files of recordings that were taken away. The row says that files remain until they are gone, so a crash
/// between the two only deletes them again.
package struct PurgeRecordings: Sendable {
    private static let batch = 50
    /// How long somebody may be busy with a batch before another tries.
    private static let lease: Duration = .seconds(60)

    private let context: PlatformContext
    private let store: any RecordingStore

    /// Deletes from `store`.
    package init(_ context: PlatformContext, store: any RecordingStore) {
        self.context = context
        self.store = store
    }

    /// Deletes what is due and returns of how many recordings; what cannot be deleted is tried again in a minute.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction() async throws -> Int {
        var total = 0
        while !Task.isCancelled {
            let now = context.serverClock.now()
            let due = try await context.database.write(isolation: .readCommitted) { tx in
                try RecordingTable.leasePurge(dueBy: now, until: now + Self.lease, limit: Self.batch, in: tx)
            }
            if due.isEmpty { break }
            let gone = await remove(due)
            try await context.database.write(isolation: .readCommitted) {
                try RecordingTable.endPurge(of: gone, in: $0)
            }
            total += gone.count
        }
        return total
    }

    private func remove(_ due: [(id: Identifier, file: String)]) async -> [Identifier] {
        var gone: [Identifier] = []
        for recording in due {
            do {
                try await store.remove(RecordingFileNames.all(ofMix: recording.file))
                gone.append(recording.id)
            } catch {
                context.logger.error(
                    "a recording cannot be deleted",
                    metadata: ["recording_id": "\(recording.id)", "error": "\(error)"]
                )
            }
        }
        return gone
    }
}
