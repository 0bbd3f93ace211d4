import Database
import Ledger
import Primitives

/// All SQL of voice nodes: one row each, touched every second.
enum NodeTable {
    static let migration = Migration(number: 241, name: "nodes") { dialect in
        [
            "CREATE TABLE nodes (id \(dialect.bytes) PRIMARY KEY, started_at BIGINT NOT NULL, heartbeat_at BIGINT NOT NULL)"
        ]
    }

    static func touch(_ id: Identifier, at now: Timestamp, in tx: SQLTransaction) throws {
        try tx.execute(
            """
            INSERT INTO nodes (id, started_at, heartbeat_at) VALUES ($1, $2, $2)
            ON CONFLICT (id) DO UPDATE SET heartbeat_at = excluded.heartbeat_at
            """,
            [id, now]
        )
    }

    /// When a node was last heard of; nil for one that never was.
    static func heartbeat(of id: Identifier, in tx: SQLTransaction) throws -> Timestamp? {
        try tx.first("SELECT heartbeat_at FROM nodes WHERE id = $1", [id])?.get("heartbeat_at")
    }
}
