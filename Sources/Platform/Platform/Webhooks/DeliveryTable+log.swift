import Database
import Ledger
import Primitives

/// The delivery log.
extension DeliveryTable {
    private static let columns =
        "d.id, d.event_id, d.number_id, d.subscription_id, d.url, d.state, d.attempts, d.due_at, e.kind"

    /// A subscription's deliveries before one, newest first.
    static func page(
        ofSubscription id: Identifier,
        before cursor: Identifier?,
        limit: Int,
        in tx: SQLTransaction
    ) throws -> [DeliveryRecord] {
        let end = cursor?.bytes ?? [UInt8](repeating: 0xFF, count: 16)
        return try tx.rows(
            """
            SELECT \(columns) FROM webhook_deliveries d JOIN events e ON e.id = d.event_id
            WHERE d.subscription_id = $1 AND d.id < $2 ORDER BY d.id DESC LIMIT \(limit)
            """,
            [id, end]
        ).map(record)
    }

    static func find(_ id: Identifier, of workspaceID: Identifier, in tx: SQLTransaction) throws -> DeliveryRecord? {
        try tx.first(
            """
            SELECT \(columns) FROM webhook_deliveries d JOIN events e ON e.id = d.event_id
            WHERE d.id = $1 AND d.workspace_id = $2
            """,
            [id, workspaceID]
        ).map(record)
    }

    /// The attempts of a delivery, first to last.
    static func attempts(of id: Identifier, in tx: SQLTransaction) throws -> [AttemptRecord] {
        try tx.rows(
            """
            SELECT attempt, started_at, duration_ms, status_code, error, excerpt FROM webhook_attempts
            WHERE delivery_id = $1 ORDER BY attempt LIMIT 100
            """,
            [id]
        ).map { row in
            AttemptRecord(
                attempt: try row.get("attempt"),
                startedAt: try row.get("started_at"),
                durationMilliseconds: try row.get("duration_ms"),
                statusCode: try row.get("status_code"),
                error: try row.get("error"),
                excerpt: try row.get("excerpt")
            )
        }
    }

    /// Whose secret signs a delivery.
    static func target(of id: Identifier, in tx: SQLTransaction) throws -> WebhookTarget? {
        guard
            let row = try tx.first("SELECT number_id, subscription_id FROM webhook_deliveries WHERE id = $1", [id])
        else { return nil }
        return try WebhookTarget(row)
    }

    private static func record(_ row: Row) throws -> DeliveryRecord {
        guard let state = DeliveryState(rawValue: try row.get("state")) else {
            throw DatabaseError.decoding("webhook_deliveries: state")
        }
        return DeliveryRecord(
            id: try row.get("id"),
            eventID: try row.get("event_id"),
            kind: try row.get("kind"),
            subscriptionID: try row.get("subscription_id"),
            url: try row.get("url"),
            state: state,
            attempts: try row.get("attempts"),
            dueAt: try row.get("due_at")
        )
    }
}

extension WebhookTarget {
    /// Reads `number_id` or `subscription_id`, of which a row has one.
    init?(_ row: Row) throws {
        if let id = try row.get("number_id", as: Identifier?.self) {
            self = .number(id)
        } else if let id = try row.get("subscription_id", as: Identifier?.self) {
            self = .subscription(id)
        } else {
            return nil
        }
    }
}
