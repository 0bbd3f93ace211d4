import Database
import Ledger
import Primitives

/// All SQL of clocks that can be moved. A workspace's clock is ahead of the server's by its `clock_offset_ms`, and what the
/// server has to do for it is written down in the server's time, so that nothing else must know of clocks to find its work:
/// a clock moves by moving what is still to be done the other way.
enum TestClockTable {
    static let migration = Migration(number: 270, name: "test clocks") { _ in
        [
            "ALTER TABLE workspaces ADD COLUMN clock_offset_ms BIGINT NOT NULL DEFAULT 0",
            "ALTER TABLE workspaces ADD COLUMN clock_target BIGINT",
            // Calls keep the clock that they began with.
            "ALTER TABLE calls ADD COLUMN clock_offset_ms BIGINT NOT NULL DEFAULT 0",
            "CREATE INDEX workspaces_moving ON workspaces (id) WHERE clock_target IS NOT NULL",
            "CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (workspace_id, due_at) WHERE state = 'pending'",
            "CREATE INDEX topups_waiting ON topups (workspace_id, due_at) WHERE due_at IS NOT NULL",
            "CREATE INDEX recordings_waiting ON recordings (workspace_id, purge_at) WHERE purge_at IS NOT NULL",
            "CREATE INDEX numbers_waiting ON numbers (workspace_id, renew_at) WHERE renew_at IS NOT NULL",
        ]
    }

    /// Where the time is that something is to be done at, and which rows have one.
    private static let schedules = [
        (table: "numbers", column: "renew_at", condition: "renew_at IS NOT NULL"),
        (table: "topups", column: "due_at", condition: "due_at IS NOT NULL"),
        (table: "webhook_deliveries", column: "due_at", condition: "state = 'pending'"),
        (table: "storage_use", column: "expire_at", condition: "expire_at IS NOT NULL"),
        (table: "storage_use", column: "bill_at", condition: "bill_at IS NOT NULL"),
        (table: "storage_bills", column: "look_at", condition: "look_at IS NOT NULL"),
        (table: "recordings", column: "purge_at", condition: "purge_at IS NOT NULL"),
    ]

    static func clock(of workspace: Workspace, at now: Timestamp, in tx: SQLTransaction) throws -> TestClock {
        let target = try tx.first("SELECT clock_target FROM workspaces WHERE id = $1", [workspace.id])?
            .get("clock_target", as: Timestamp?.self)
        return TestClock(now: now + workspace.clockOffset, offset: workspace.clockOffset, target: target ?? nil)
    }

    static func setTarget(_ target: Timestamp, of id: Identifier, in tx: SQLTransaction) throws {
        try tx.execute("UPDATE workspaces SET clock_target = $1 WHERE id = $2", [target, id])
    }

    /// Those that are on their way and that nobody else is moving, locked until the transaction ends.
    static func moving(limit: Int, in tx: SQLTransaction) throws -> [(Workspace, target: Timestamp)] {
        try tx.rows(
            """
            SELECT * FROM workspaces WHERE clock_target IS NOT NULL ORDER BY id LIMIT $1\(tx.dialect.skipLocked)
            """,
            [limit]
        ).map { (try WorkspaceTable.workspace($0), try $0.get("clock_target")) }
    }

    /// Whether something is due or being done: the clock waits for that.
    static func isBusy(_ id: Identifier, at now: Timestamp, in tx: SQLTransaction) throws -> Bool {
        if let next = try nextDue(of: id, in: tx), next <= now { return true }
        // What somebody has taken has an attempt that nothing is known of yet.
        return try tx.first(
            """
            SELECT 1 AS found FROM webhook_deliveries d WHERE d.workspace_id = $1 AND d.state = 'pending' AND d.attempts > 0
                AND NOT EXISTS (
                    SELECT 1 FROM webhook_attempts a WHERE a.delivery_id = d.id AND a.attempt = d.attempts)
            LIMIT 1
            """,
            [id]
        ) != nil
    }

    /// When something is to be done next, in the server's time; nil when nothing is.
    static func nextDue(of id: Identifier, in tx: SQLTransaction) throws -> Timestamp? {
        try schedules.compactMap { table, column, condition in
            try tx.first(
                "SELECT MIN(\(column)) AS due FROM \(table) WHERE workspace_id = $1 AND \(condition)",
                [id]
            )?.get("due", as: Timestamp?.self) ?? nil
        }.min()
    }

    /// Moves the clock forward; what is to be done comes nearer by as much.
    static func move(_ workspace: Workspace, by step: Duration, isThere: Bool, in tx: SQLTransaction) throws {
        let milliseconds = step.wholeMilliseconds
        try tx.execute(
            """
            UPDATE workspaces SET clock_offset_ms = clock_offset_ms + $1,
                clock_target = CASE WHEN $2 = 1 THEN NULL ELSE clock_target END
            WHERE id = $3
            """,
            [milliseconds, isThere, workspace.id]
        )
        guard milliseconds > 0 else { return }
        for (table, column, condition) in schedules {
            try tx.execute(
                "UPDATE \(table) SET \(column) = \(column) - $1 WHERE workspace_id = $2 AND \(condition)",
                [milliseconds, workspace.id]
            )
        }
    }
}
