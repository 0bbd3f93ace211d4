import Database
package import Primitives

/// Reads a workspace's delivery log.
package struct ListDeliveries: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// The log, oldest first, at most 1,000 lines.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction(workspaceID: Identifier) async throws -> [DeliveryLogEntry] {
        try await context.database.read { tx in
            try DeliveryTable.log(workspaceID: workspaceID, in: tx).map { row in
                DeliveryLogEntry(
                    kind: try row.get("kind"),
                    url: try row.get("url"),
                    state: DeliveryState(rawValue: try row.get("state")) ?? .pending,
                    attempts: try row.get("attempts"),
                    lastStatusCode: try row.get("status_code"),
                    lastError: try row.get("error")
                )
            }
        }
    }
}
