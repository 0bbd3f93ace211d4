import Database
import Primitives

/// Forgets the timelines of calls that are older than the history that is kept. The calls themselves stay: they were paid for.
package struct PurgeTimelines: Sendable {
    private static let batch = 200

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Removes all that is due, in batches that keep nobody waiting, and returns how many entries that were.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction() async throws -> Int {
        let bound = Identifier.first(at: context.serverClock.now() - context.settings.historyLifetime)
        var total = 0
        while !Task.isCancelled {
            let count = try await context.database.write(isolation: .readCommitted) { tx in
                try TimelineTable.purge(before: bound, calls: Self.batch, in: tx)
            }
            total += count
            if count == 0 { break }
        }
        return total
    }
}
