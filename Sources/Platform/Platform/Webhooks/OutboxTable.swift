import Database
import Ledger
import Primitives

/// All SQL of events.
enum OutboxTable {
    static let migration = Migration(number: 260, name: "events") { dialect in
        [
            """
            CREATE TABLE events (
                id \(dialect.bytes) PRIMARY KEY, workspace_id \(dialect.bytes) NOT NULL, kind TEXT NOT NULL,
                body TEXT NOT NULL, occurred_at BIGINT NOT NULL)
            """,
            "CREATE INDEX events_by_workspace ON events (workspace_id, id)",
        ]
    }

    static func insert(_ event: OutboxEvent, in tx: SQLTransaction) throws {
        try tx.execute(
            "INSERT INTO events (id, workspace_id, kind, body, occurred_at) VALUES ($1, $2, $3, $4, $5)",
            [event.id, event.workspaceID, event.kind, event.body, event.occurredAt]
        )
    }

    /// A workspace's events after one, oldest first; those of the last moment are left for the next time, since one that
    /// began earlier may still be committed.
    static func page(
        of workspaceID: Identifier,
        after cursor: Identifier?,
        before horizon: Identifier,
        kinds: [String],
        limit: Int,
        in tx: SQLTransaction
    ) throws -> [StoredEvent] {
        let first = 4
        let names = Placeholders.list(kinds.count, from: first)
        let filter = kinds.isEmpty ? "" : " AND kind IN (\(names))"
        let start = cursor?.bytes ?? [UInt8](repeating: 0, count: 16)
        return try tx.rows(
            """
            SELECT \(columns) FROM events WHERE workspace_id = $1 AND id > $2 AND id < $3\(filter)
            ORDER BY id LIMIT \(limit)
            """,
            [workspaceID, start, horizon] as [any SQLEncodable] + kinds
        ).map(event)
    }

    static func find(_ id: Identifier, of workspaceID: Identifier, in tx: SQLTransaction) throws -> StoredEvent? {
        try tx.first("SELECT \(columns) FROM events WHERE id = $1 AND workspace_id = $2", [id, workspaceID])
            .map(event)
    }

    /// What was written from one moment to before another, oldest first: ids are in the order of time.
    static func span(
        of workspaceID: Identifier,
        from: Timestamp,
        to: Timestamp,
        limit: Int,
        in tx: SQLTransaction
    ) throws -> [StoredEvent] {
        try tx.rows(
            """
            SELECT \(columns) FROM events WHERE workspace_id = $1 AND id >= $2 AND id < $3 ORDER BY id LIMIT \(limit)
            """,
            [workspaceID, Identifier.first(at: from), Identifier.first(at: to)]
        ).map(event)
    }

    /// The oldest events whose ids are less than `bound` and of which no delivery is pending or as young as `bound`.
    static func purgeable(before bound: Identifier, limit: Int, in tx: SQLTransaction) throws -> [Identifier] {
        try tx.rows(
            """
            SELECT id FROM events e WHERE id < $1 AND NOT EXISTS (SELECT 1 FROM webhook_deliveries d
                WHERE d.event_id = e.id AND (d.state = 'pending' OR d.id >= $1))
            ORDER BY id LIMIT \(limit)
            """,
            [bound]
        ).map { try $0.get("id") }
    }

    static func delete(_ ids: [Identifier], in tx: SQLTransaction) throws {
        guard !ids.isEmpty else { return }
        try tx.execute("DELETE FROM events WHERE id IN (\(Placeholders.list(ids.count, from: 1)))", ids)
    }

    private static let columns = "id, kind, body"

    private static func event(_ row: Row) throws -> StoredEvent {
        StoredEvent(
            id: try row.get("id"),
            kind: try row.get("kind"),
            body: try row.get("body")
        )
    }
}
