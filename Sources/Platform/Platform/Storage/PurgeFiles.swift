import Database
import Logging
import Primitives

/// Deletes files whose rows say that they are to go, a batch at a time. A row is marked for a while before its file is deleted and
/// changed after it, so a crash between the two only deletes the file again.
struct PurgeFiles: Sendable {
    /// A row and the file that it names.
    typealias Due = (id: Identifier, file: String)

    private static let batch = 50
    /// How long somebody may be busy with a batch before another tries.
    private static let lease: Duration = .seconds(60)

    let context: PlatformContext
    /// What they are, for the log.
    let kind: String
    /// Marks rows that are due: due by, nobody else's until, at most.
    let take: @Sendable (Timestamp, Timestamp, Int, SQLTransaction) throws -> [Due]
    let delete: @Sendable (Due) async throws -> Void
    let end: @Sendable ([Identifier], SQLTransaction) throws -> Void

    /// Deletes what is due and returns of how many rows; what cannot be deleted is tried again in a minute.
    func callAsFunction() async throws -> Int {
        var total = 0
        while !Task.isCancelled {
            let now = context.serverClock.now()
            let due = try await context.database.write(isolation: .readCommitted) { tx in
                try take(now, now + Self.lease, Self.batch, tx)
            }
            if due.isEmpty { break }
            let gone = await delete(due)
            try await context.database.write(isolation: .readCommitted) { try end(gone, $0) }
            total += gone.count
        }
        return total
    }

    private func delete(_ due: [Due]) async -> [Identifier] {
        var gone: [Identifier] = []
        for row in due {
            do {
                try await delete(row)
                gone.append(row.id)
            } catch {
                let metadata: Logger.Metadata = ["id": "\(row.id)", "error": "\(error)"]
                context.logger.error("\(kind) cannot be deleted", metadata: metadata)
            }
        }
        return gone
    }
}
