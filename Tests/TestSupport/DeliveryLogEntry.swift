package import Database
import Ledger
package import Platform
package import Primitives

/// What became of a webhook, as a test looks at it: over all targets of a workspace, oldest first.
package struct DeliveryLogEntry: Sendable, Equatable {
    /// The event's kind.
    package let kind: String
    /// Where it went.
    package let url: String
    /// What became of it.
    package let state: DeliveryState
    /// Attempts so far.
    package let attempts: Int
    /// The last attempt's status, if there was an answer.
    package let lastStatusCode: Int?
    /// The last attempt's error, if there was none.
    package let lastError: String?

    /// Reads the log of a workspace.
    package static func all(of workspaceID: Identifier, in database: Database) async throws -> [DeliveryLogEntry] {
        try await database.read { tx in
            try tx.rows(
                """
                SELECT e.kind, d.url, d.state, d.attempts, a.status_code, a.error FROM webhook_deliveries d
                JOIN events e ON e.id = d.event_id
                LEFT JOIN webhook_attempts a ON a.delivery_id = d.id AND a.attempt = d.attempts
                WHERE d.workspace_id = $1 ORDER BY d.id
                """,
                [workspaceID]
            ).map { row in
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
