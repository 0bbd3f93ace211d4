import Database
import Ledger
import Primitives

/// All SQL of the look-out for dead nodes: one row for the whole platform, which remembers the last look.
enum NodeWatchTable {
    static let migration = Migration(number: 242, name: "node watch") { _ in
        ["CREATE TABLE node_watch (id BIGINT PRIMARY KEY, looked_at BIGINT NOT NULL)"]
    }

    /// Notes a look and returns the one before it; nil for the first ever.
    static func look(at now: Timestamp, in tx: SQLTransaction) throws -> Timestamp? {
        let last: Timestamp? = try tx.first("SELECT looked_at FROM node_watch WHERE id = 1")?.get("looked_at")
        try tx.execute(
            """
            INSERT INTO node_watch (id, looked_at) VALUES (1, $1)
            ON CONFLICT (id) DO UPDATE SET looked_at = excluded.looked_at
            """,
            [now]
        )
        return last
    }
}
