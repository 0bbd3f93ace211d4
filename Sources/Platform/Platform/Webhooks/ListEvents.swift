import Database
package import Primitives

/// A workspace's events in their order, for those who would rather ask than be told.
package struct ListEvents: Sendable {
    /// How long events are left alone: a transaction that gave out an earlier id may still be committed.
    private static let settling: Duration = .seconds(2)

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Events after `cursor`, oldest first; none of the last two seconds.
    ///
    /// - Parameters:
    ///   - cursor: the last event that is known; nil to begin.
    ///   - kinds: only these; empty for all.
    ///   - limit: 1 to 100.
    /// - Throws: `PlatformError` for a limit out of range; `DatabaseError`.
    package func callAsFunction(
        workspaceID: Identifier,
        after cursor: Identifier?,
        kinds: [String] = [],
        limit: Int
    ) async throws -> [StoredEvent] {
        guard kinds.count <= 20 else {
            throw PlatformError(.requestInvalid, "'kind' has at most 20 entries.", field: "kind")
        }
        guard (1...100).contains(limit) else {
            throw PlatformError(.requestInvalid, "'limit' is 1 to 100.", field: "limit")
        }
        let horizon = Identifier.first(at: context.clock.now() - Self.settling)
        return try await context.database.read { tx in
            try OutboxTable.page(
                of: workspaceID,
                after: cursor,
                before: horizon,
                kinds: kinds,
                limit: limit,
                in: tx
            )
        }
    }
}
