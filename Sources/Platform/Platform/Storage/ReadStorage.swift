import Database
package import Primitives

/// Reads what a workspace's recordings take up and cost.
package struct ReadStorage: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// The use as the last commit left it.
    ///
    /// - Throws: `PlatformError` `workspace.not_found`; `DatabaseError`.
    package func callAsFunction(workspaceID: Identifier) async throws -> StorageReport {
        let (now, settings) = (context.clock.now(), context.settings)
        return try await context.database.read { tx in
            let workspace = try WorkspaceTable.require(workspaceID, in: tx)
            let prices = try context.prices.history(in: tx).list(at: now)
            let use = try StorageTable.use(of: workspaceID, in: tx)
            let month = CivilMonth(containing: now, offset: settings.timeZoneOffset)
            let today = CountStorage.day(of: now, settings)
            let days = try StorageMonth.read(month, of: workspaceID, to: today, settings, in: tx)
            return StorageReport(
                usedBytes: use?.usedBytes ?? 0,
                retentionDays: use?.retentionDays ?? settings.recordingRetentionDays,
                monthStart: month.start,
                soFar: days.charge(prices),
                estimate: days.estimate(prices),
                days: days.endOfDays.count,
                owedMinor: try StorageBillTable.owed(by: workspaceID, in: tx),
                currency: workspace.currency,
                uploads: try UploadTable.use(of: workspaceID, settings, in: tx)
            )
        }
    }
}
