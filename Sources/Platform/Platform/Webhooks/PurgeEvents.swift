import Database
import Primitives

/// Forgets events that are older than the history that is kept, with their deliveries and what came of these. What is still to be
/// delivered stays until that has ended.
package struct PurgeEvents: Sendable {
    private static let batch = 500

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Removes all that is due, in batches that keep nobody waiting, and returns how many events that were.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction() async throws -> Int {
        let bound = Identifier.first(at: context.serverClock.now() - context.settings.historyLifetime)
        var total = 0
        while !Task.isCancelled {
            let count = try await context.database.write { tx in
                let events = try OutboxTable.purgeable(before: bound, limit: Self.batch, in: tx)
                try DeliveryTable.delete(of: events, in: tx)
                try OutboxTable.delete(events, in: tx)
                return events.count
            }
            total += count
            if count < Self.batch { break }
        }
        return total
    }
}
