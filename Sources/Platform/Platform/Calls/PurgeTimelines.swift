import Database

/// Forgets the timelines of calls that are older than the history that is kept. The calls themselves stay: they were paid for.
package struct PurgeTimelines: Sendable {
    /// Calls whose entries go together.
    private static let batch = 200

    private let purge: PurgeHistory

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        purge = PurgeHistory(context: context, isolation: .readCommitted) { bound, tx in
            try TimelineTable.purge(before: bound, calls: Self.batch, in: tx)
        }
    }

    /// Removes all that is due and returns how many entries that were.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction() async throws -> Int { try await purge() }
}
