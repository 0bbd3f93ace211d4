import Database
import Ledger
import Primitives

/// All SQL of deliveries and their attempts.
enum DeliveryTable {
    static let migration = Migration(number: 261, name: "webhook deliveries") { dialect in
        [
            """
            CREATE TABLE webhook_deliveries (
                id \(dialect.bytes) PRIMARY KEY, event_id \(dialect.bytes) NOT NULL REFERENCES events (id),
                workspace_id \(dialect.bytes) NOT NULL, number_id \(dialect.bytes), subscription_id \(dialect.bytes),
                url TEXT NOT NULL, state TEXT NOT NULL, attempts BIGINT NOT NULL, due_at BIGINT NOT NULL)\(dialect.clustered)
            """,
            "CREATE INDEX webhook_deliveries_due ON webhook_deliveries (due_at) WHERE state = 'pending'",
            """
            CREATE INDEX webhook_deliveries_by_subscription ON webhook_deliveries (subscription_id, id)
                WHERE subscription_id IS NOT NULL
            """,
            """
            CREATE TABLE webhook_attempts (
                delivery_id \(dialect.bytes) NOT NULL REFERENCES webhook_deliveries (id), attempt BIGINT NOT NULL,
                started_at BIGINT NOT NULL, duration_ms BIGINT NOT NULL, status_code BIGINT, error TEXT, excerpt TEXT,
                PRIMARY KEY (delivery_id, attempt))\(dialect.clustered)
            """,
        ]
    }

    /// So that the deliveries of an event are found: when it is deleted, the database looks for them as well.
    static let eventMigration = Migration(number: 680, name: "deliveries of an event") { _ in
        ["CREATE INDEX webhook_deliveries_by_event ON webhook_deliveries (event_id)"]
    }

    static func insert(
        id: Identifier,
        eventID: Identifier,
        workspaceID: Identifier,
        target: WebhookTarget,
        url: String,
        at dueAt: Timestamp,
        in tx: SQLTransaction
    ) throws {
        var (numberID, subscriptionID): (Identifier?, Identifier?) = (nil, nil)
        switch target {
        case .number(let id): numberID = id
        case .subscription(let id): subscriptionID = id
        }
        try tx.execute(
            """
            INSERT INTO webhook_deliveries (id, event_id, workspace_id, number_id, subscription_id, url, state, attempts,
                due_at)
            VALUES ($1, $2, $3, $4, $5, $6, 'pending', 0, $7)
            """,
            [id, eventID, workspaceID, numberID, subscriptionID, url, dueAt]
        )
    }

    /// Takes what is due: until `leaseEnd` nobody else will, and then somebody will again unless an attempt was recorded.
    static func lease(dueBefore now: Timestamp, leaseEnd: Timestamp, limit: Int, in tx: SQLTransaction) throws -> [Row]
    {
        try tx.rows(
            """
            UPDATE webhook_deliveries SET due_at = $1, attempts = attempts + 1
            WHERE id IN (SELECT id FROM webhook_deliveries WHERE state = 'pending' AND due_at <= $2
                ORDER BY due_at LIMIT $3\(tx.dialect.skipLocked))
            RETURNING id, event_id, workspace_id, number_id, subscription_id, url, attempts
            """,
            [leaseEnd, now, limit]
        )
    }

    /// What a delivery is made of besides itself: its event's kind and body, whether its workspace is active, and the sealed
    /// secrets of its number or subscription.
    static func contents(of id: Identifier, in tx: SQLTransaction) throws -> Row? {
        try tx.first(
            """
            SELECT e.kind, e.body, w.status AS workspace_status, w.clock_offset_ms, n.signing_secret, s.sealed_secret,
                s.sealed_previous_secret, s.previous_until, s.disabled_at, s.deleted_at
            FROM webhook_deliveries d
            JOIN events e ON e.id = d.event_id JOIN workspaces w ON w.id = d.workspace_id
            LEFT JOIN numbers n ON n.id = d.number_id LEFT JOIN webhook_subscriptions s ON s.id = d.subscription_id
            WHERE d.id = $1
            """,
            [id]
        )
    }

    static func setState(_ state: DeliveryState, dueAt: Timestamp, of id: Identifier, in tx: SQLTransaction) throws {
        try tx.execute(
            "UPDATE webhook_deliveries SET state = $1, due_at = $2 WHERE id = $3",
            [state.rawValue, dueAt, id]
        )
    }

    static func insertAttempt(_ outcome: AttemptOutcome, in tx: SQLTransaction) throws {
        try tx.execute(
            """
            INSERT INTO webhook_attempts (delivery_id, attempt, started_at, duration_ms, status_code, error, excerpt)
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (delivery_id, attempt) DO NOTHING
            """,
            [
                outcome.delivery.id, outcome.delivery.attempt,
                outcome.startedAt + outcome.delivery.clockOffset, outcome.duration.wholeMilliseconds,
                outcome.statusCode, outcome.error, outcome.excerpt,
            ]
        )
    }

    /// Deletes the deliveries of these events, and their attempts.
    static func delete(of events: [Identifier], in tx: SQLTransaction) throws {
        guard !events.isEmpty else { return }
        let list = Placeholders.list(events.count, from: 1)
        try tx.execute(
            """
            DELETE FROM webhook_attempts WHERE delivery_id IN
                (SELECT id FROM webhook_deliveries WHERE event_id IN (\(list)))
            """,
            events
        )
        try tx.execute("DELETE FROM webhook_deliveries WHERE event_id IN (\(list))", events)
    }

    static func nextDue(in tx: SQLTransaction) throws -> Timestamp? {
        try tx.first("SELECT MIN(due_at) AS due_at FROM webhook_deliveries WHERE state = 'pending'")?.get("due_at")
    }
}
