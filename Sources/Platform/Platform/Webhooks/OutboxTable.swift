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
            """
        ]
    }

    static func insert(_ event: OutboxEvent, in tx: SQLTransaction) throws {
        try tx.execute(
            "INSERT INTO events (id, workspace_id, kind, body, occurred_at) VALUES ($1, $2, $3, $4, $5)",
            [event.id, event.workspaceID, event.kind, event.body, event.occurredAt]
        )
    }
}
