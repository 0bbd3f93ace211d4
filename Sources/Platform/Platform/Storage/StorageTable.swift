import Database
import Ledger
import Primitives

/// All SQL of what recordings take up: a counter for each workspace, and what it said at the end of each day. Both move
/// with the recordings themselves, so nothing is ever added up again but by a check.
enum StorageTable {
    static let millisecondsPerDay: Int64 = 86_400_000

    static let migration = Migration(number: 251, name: "storage") { dialect in
        tables(dialect) + [
            "ALTER TABLE recordings ADD COLUMN removed_at BIGINT",
            // While it is set, files remain to be deleted; nobody else tries before it.
            "ALTER TABLE recordings ADD COLUMN purge_at BIGINT",
            "CREATE INDEX recordings_by_age ON recordings (workspace_id, created_at) WHERE removed_at IS NULL",
            "CREATE INDEX recordings_to_purge ON recordings (purge_at) WHERE purge_at IS NOT NULL",
            // What was there before is counted from its own day on; months that are over are not charged for.
            """
            INSERT INTO storage_use (workspace_id, used_bytes, last_day, retention_days, expire_at)
            SELECT workspace_id, SUM(size_bytes), MAX((created_at + 10800000) / 86400000), 30,
                MIN(created_at) + 2592000000
            FROM recordings GROUP BY workspace_id
            """,
            """
            INSERT INTO storage_days (workspace_id, day, used_bytes)
            SELECT workspace_id, day, SUM(bytes) OVER (PARTITION BY workspace_id ORDER BY day)
            FROM (SELECT workspace_id, (created_at + 10800000) / 86400000 AS day, SUM(size_bytes) AS bytes
                FROM recordings GROUP BY workspace_id, (created_at + 10800000) / 86400000) days
            """,
        ]
    }

    private static func tables(_ dialect: Dialect) -> [String] {
        [
            """
            CREATE TABLE storage_use (
                workspace_id \(dialect.bytes) PRIMARY KEY, used_bytes BIGINT NOT NULL, last_day BIGINT NOT NULL,
                retention_days BIGINT NOT NULL, expire_at BIGINT, bill_at BIGINT)
            """,
            """
            CREATE TABLE storage_days (
                workspace_id \(dialect.bytes) NOT NULL, day BIGINT NOT NULL, used_bytes BIGINT NOT NULL,
                PRIMARY KEY (workspace_id, day))
            """,
            "CREATE INDEX storage_to_expire ON storage_use (expire_at) WHERE expire_at IS NOT NULL",
            "CREATE INDEX storage_to_bill ON storage_use (bill_at) WHERE bill_at IS NOT NULL",
        ]
    }

    /// What a workspace has, how long it keeps it, and what is due when.
    struct Use {
        let usedBytes: Int64
        let lastDay: Int64
        let retentionDays: Int64
        let billAt: Timestamp?

        var retention: Duration { .milliseconds(retentionDays * StorageTable.millisecondsPerDay) }
    }

    static func use(of workspaceID: Identifier, locking: String = "", in tx: SQLTransaction) throws -> Use? {
        try tx.first("SELECT * FROM storage_use WHERE workspace_id = $1\(locking)", [workspaceID]).map { row in
            Use(
                usedBytes: try row.get("used_bytes"),
                lastDay: try row.get("last_day"),
                retentionDays: try row.get("retention_days"),
                billAt: try row.get("bill_at")
            )
        }
    }

    /// Makes the row of a workspace that has none, and keeps it to this transaction.
    static func open(
        _ workspaceID: Identifier,
        day: Int64,
        retentionDays: Int64,
        in tx: SQLTransaction
    ) throws -> Use {
        try tx.execute(
            """
            INSERT INTO storage_use (workspace_id, used_bytes, last_day, retention_days) VALUES ($1, 0, $2, $3)
            ON CONFLICT (workspace_id) DO NOTHING
            """,
            [workspaceID, day, retentionDays]
        )
        guard let use = try use(of: workspaceID, locking: tx.dialect.forUpdate, in: tx) else {
            throw DatabaseError.statement("a workspace's storage was neither made nor found")
        }
        return use
    }

    /// Moves the counter of a row that is locked, and what it says at the end of the day. A clock that is behind writes
    /// to the last day that was written to.
    static func move(
        _ use: Use,
        of workspaceID: Identifier,
        by bytes: Int64,
        day: Int64,
        billAt: Timestamp,
        in tx: SQLTransaction
    ) throws {
        let (used, day) = (use.usedBytes + bytes, max(day, use.lastDay))
        try tx.execute(
            """
            UPDATE storage_use SET used_bytes = $1, last_day = $2, bill_at = COALESCE(bill_at, $3)
            WHERE workspace_id = $4
            """,
            [used, day, billAt, workspaceID]
        )
        try tx.execute(
            """
            INSERT INTO storage_days (workspace_id, day, used_bytes) VALUES ($1, $2, $3)
            ON CONFLICT (workspace_id, day) DO UPDATE SET used_bytes = excluded.used_bytes
            """,
            [workspaceID, day, used]
        )
    }

    /// What the counter said at the end of the last day before `first`, and of the days from it to `last` that moved it.
    static func days(
        of workspaceID: Identifier,
        from first: Int64,
        to last: Int64,
        in tx: SQLTransaction
    ) throws -> (openingBytes: Int64, changes: [Int64: Int64]) {
        let opening = try tx.first(
            "SELECT used_bytes FROM storage_days WHERE workspace_id = $1 AND day < $2 ORDER BY day DESC LIMIT 1",
            [workspaceID, first]
        )
        let rows = try tx.rows(
            "SELECT day, used_bytes FROM storage_days WHERE workspace_id = $1 AND day >= $2 AND day <= $3",
            [workspaceID, first, last]
        )
        var changes: [Int64: Int64] = [:]
        for row in rows { changes[try row.get("day")] = try row.get("used_bytes", as: Int64.self) }
        return (try opening?.get("used_bytes") ?? 0, changes)
    }

    static func setRetention(_ days: Int64, of workspaceID: Identifier, in tx: SQLTransaction) throws {
        try tx.execute("UPDATE storage_use SET retention_days = $1 WHERE workspace_id = $2", [days, workspaceID])
    }

    /// The oldest recording says when there is something to delete, in the server's time; nothing is due without one.
    static func setExpiry(of workspaceID: Identifier, clockOffset: Duration, in tx: SQLTransaction) throws {
        try tx.execute(
            """
            UPDATE storage_use SET expire_at = retention_days * 86400000 - $2 + (
                SELECT MIN(created_at) FROM recordings WHERE workspace_id = $1 AND removed_at IS NULL)
            WHERE workspace_id = $1
            """,
            [workspaceID, clockOffset.wholeMilliseconds]
        )
    }

    /// Workspaces with recordings that have been kept long enough, the most overdue first.
    static func toExpire(dueBy now: Timestamp, limit: Int, in tx: SQLTransaction) throws -> [Identifier] {
        try tx.rows(
            "SELECT workspace_id FROM storage_use WHERE expire_at <= $1 ORDER BY expire_at LIMIT $2",
            [now, limit]
        ).map { try $0.get("workspace_id") }
    }

    /// Workspaces whose counter is not what their recordings add up to; at most 1,000.
    static func differences(in tx: SQLTransaction) throws -> [(workspaceID: Identifier, counted: Int64, real: Int64)] {
        try tx.rows(
            """
            SELECT u.workspace_id, u.used_bytes AS counted, CAST(COALESCE(SUM(r.size_bytes), 0) AS BIGINT) AS real_bytes
            FROM storage_use u LEFT JOIN recordings r ON r.workspace_id = u.workspace_id AND r.removed_at IS NULL
            GROUP BY u.workspace_id, u.used_bytes HAVING u.used_bytes <> COALESCE(SUM(r.size_bytes), 0) LIMIT 1000
            """
        ).map { (try $0.get("workspace_id"), try $0.get("counted"), try $0.get("real_bytes")) }
    }
}
