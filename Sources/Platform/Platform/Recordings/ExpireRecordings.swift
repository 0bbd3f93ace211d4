import Database
import Primitives

/// Takes recordings away that have been kept for their days. Their files go after that (`PurgeRecordings`), and the row
/// stays, so that whoever asks is told.
package struct ExpireRecordings: Sendable {
    private static let (workspaces, recordings) = (100, 200)

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Goes through everything that is due, and returns how many were taken away.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction() async throws -> Int {
        var total = 0
        while !Task.isCancelled {
            let now = context.serverClock.now()
            let due = try await context.database.read(snapshot: .perStatement) { tx in
                try StorageTable.toExpire(dueBy: now, limit: Self.workspaces, in: tx)
            }
            if due.isEmpty { break }
            for id in due {
                total += try await context.database.write(isolation: .readCommitted) { tx in
                    try expire(of: id, dueBy: now, in: tx)
                }
            }
        }
        return total
    }

    /// A batch; what is left of the workspace is due still.
    private func expire(of workspaceID: Identifier, dueBy serverNow: Timestamp, in tx: SQLTransaction) throws -> Int {
        let context = try context.onClock(of: workspaceID, in: tx)
        let now = serverNow + context.clockOffset
        let count = CountStorage(context)
        let use = try count.take(workspaceID, at: now, in: tx)
        let sizes = try RecordingTable.expire(
            of: workspaceID,
            storedBy: now - use.retention,
            limit: Self.recordings,
            at: now,
            purgeAt: serverNow,
            in: tx
        )
        try count.move(use, of: workspaceID, by: -sizes.reduce(0, +), at: now, in: tx)
        return sizes.count
    }
}
