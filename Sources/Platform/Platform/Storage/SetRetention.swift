import Database
package import Primitives

/// Reads and sets for how many days a workspace's recordings are kept (seed: "Retention configurable up to 90 days").
package struct SetRetention: Sendable {
    /// What may be chosen.
    package static let range: ClosedRange<Int64> = 1...90

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// The days.
    ///
    /// - Throws: `DatabaseError`.
    package func current(workspaceID: Identifier) async throws -> Int64 {
        try await context.database.read { tx in
            try StorageTable.use(of: workspaceID, in: tx)?.retentionDays ?? context.settings.recordingRetentionDays
        }
    }

    /// Keeps recordings for so many days, those too that are there already: fewer days delete some at once.
    ///
    /// - Throws: `PlatformError` `request.invalid` or `workspace.suspended`; `DatabaseError`.
    package func callAsFunction(workspaceID: Identifier, days: Int64) async throws {
        guard Self.range.contains(days) else {
            throw PlatformError(.requestInvalid, "'retention_days' is 1 to 90.", field: "retention_days")
        }
        let now = context.clock.now()
        try await context.database.write(isolation: .readCommitted) { tx in
            _ = try WorkspaceTable.requireActive(workspaceID, in: tx)
            let use = try CountStorage(context).take(workspaceID, at: now, in: tx)
            guard use.retentionDays != days else { return }
            try StorageTable.setRetention(days, of: workspaceID, in: tx)
            try StorageTable.setExpiry(of: workspaceID, clockOffset: context.clockOffset, in: tx)
            try RecordAudit(context)(
                .retentionChanged,
                of: workspaceID,
                before: ["retention_days": .integer(use.retentionDays)],
                after: ["retention_days": .integer(days)],
                workspaceID: workspaceID,
                in: tx
            )
        }
    }
}
