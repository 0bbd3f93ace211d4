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

    static let placeMigration = Migration(number: 701, name: "places of nodes") { _ in
        ["ALTER TABLE nodes ADD COLUMN sip_address TEXT", "ALTER TABLE nodes ADD COLUMN sip_port BIGINT"]
    }

    static func touch(_ id: Identifier, _ place: NodePlace?, at now: Timestamp, in tx: SQLTransaction) throws {
        try tx.execute(
            """
            INSERT INTO nodes (id, started_at, heartbeat_at, sip_address, sip_port) VALUES ($1, $2, $2, $3, $4)
            ON CONFLICT (id) DO UPDATE SET heartbeat_at = excluded.heartbeat_at
            """,
            [id, now, place?.address, place?.port]
        )
    }

    /// Where nodes are that have been heard of since a moment and say where they are.
    static func places(heardSince moment: Timestamp, in tx: SQLTransaction) throws -> [Identifier: NodePlace] {
        let rows = try tx.rows(
            """
            SELECT id, sip_address, sip_port FROM nodes
            WHERE heartbeat_at >= $1 AND sip_address IS NOT NULL AND sip_port IS NOT NULL ORDER BY id LIMIT 1000
            """,
            [moment]
        )
        return try rows.reduce(into: [:]) { places, row in
            places[try row.get("id")] = NodePlace(address: try row.get("sip_address"), port: try row.get("sip_port"))
        }
    }

    /// When a node was last heard of; nil for one that never was.
    static func heartbeat(of id: Identifier, in tx: SQLTransaction) throws -> Timestamp? {
        try tx.first("SELECT heartbeat_at FROM nodes WHERE id = $1", [id])?.get("heartbeat_at")
    }
}
