import Database
import Ledger
import Primitives

/// All SQL of calls that wait for their turn to be dialled. A row is taken by deleting it, as commands are.
enum DialQueueTable {
    static let migration = Migration(number: 233, name: "dial queue") { dialect in
        [
            """
            CREATE TABLE dial_queue (
                call_id \(dialect.bytes) PRIMARY KEY REFERENCES calls (id), due_at BIGINT NOT NULL)\(dialect.clustered)
            """,
            "CREATE INDEX dial_queue_by_time ON dial_queue (due_at, call_id)",
        ]
    }

    static func insert(_ callID: Identifier, dueAt: Timestamp, in tx: SQLTransaction) throws {
        try tx.execute("INSERT INTO dial_queue (call_id, due_at) VALUES ($1, $2)", [callID, dueAt])
        tx.notify(Channel.voice)
    }

    /// When the next call is due; nil when none waits.
    static func nextDue(in tx: SQLTransaction) throws -> Timestamp? {
        guard let row = try tx.first("SELECT MIN(due_at) AS due_at FROM dial_queue") else { return nil }
        return try row.get("due_at", as: Timestamp?.self)
    }

    /// Takes calls whose turn has come, earliest first.
    static func take(dueAt now: Timestamp, limit: Int, in tx: SQLTransaction) throws -> [Identifier] {
        try tx.rows(
            """
            DELETE FROM dial_queue WHERE call_id IN (
                SELECT call_id FROM dial_queue WHERE due_at <= $1 ORDER BY due_at, call_id LIMIT $2\(tx.dialect.skipLocked))
            RETURNING call_id, due_at
            """,
            [now, limit]
        )
        .map { (try $0.get("due_at", as: Timestamp.self), try $0.get("call_id", as: Identifier.self)) }
        .sorted { $0 < $1 }
        .map(\.1)
    }

    static func remove(_ callID: Identifier, in tx: SQLTransaction) throws {
        try tx.execute("DELETE FROM dial_queue WHERE call_id = $1", [callID])
    }
}
