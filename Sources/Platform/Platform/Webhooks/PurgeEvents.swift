import Database

/// Forgets events that are older than the history that is kept, with their deliveries and what came of these. What is still to be
/// delivered stays until that has ended.
package struct PurgeEvents: Sendable {
    private static let batch = 500

    private let purge: PurgeHistory

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        purge = PurgeHistory(context: context, isolation: .serializable) { bound, tx in
            let events = try OutboxTable.purgeable(before: bound, limit: Self.batch, in: tx)
            try DeliveryTable.delete(of: events, in: tx)
            try OutboxTable.delete(events, in: tx)
            return events.count
        }
    }

    /// Removes all that is due and returns how many events that were.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction() async throws -> Int { try await purge() }
}
