import Database
import Ledger
import Primitives

/// All SQL of what months of storage cost, and of when they are looked at.
enum StorageBillTable {
    static let migration = Migration(number: 252, name: "storage bills") { dialect in
        [
            """
            CREATE TABLE storage_bills (
                workspace_id \(dialect.bytes) NOT NULL, month_start BIGINT NOT NULL, byte_days BIGINT NOT NULL,
                net_minor BIGINT NOT NULL, tax_minor BIGINT NOT NULL, paid_at BIGINT, told_at BIGINT, look_at BIGINT,
                PRIMARY KEY (workspace_id, month_start))
            """,
            "CREATE INDEX storage_bills_to_pay ON storage_bills (look_at) WHERE look_at IS NOT NULL",
        ]
    }

    /// What a month costs, and is not paid.
    struct Bill {
        let workspaceID: Identifier
        let monthStart: Timestamp
        let netMinor: Int64
        let taxMinor: Int64
        let isTold: Bool

        var totalMinor: Int64 { netMinor + taxMinor }
    }

    /// Workspaces whose month is over, the most overdue first.
    static func workspacesToBill(dueBy now: Timestamp, limit: Int, in tx: SQLTransaction) throws -> [Identifier] {
        try tx.rows("SELECT workspace_id FROM storage_use WHERE bill_at <= $1 ORDER BY bill_at LIMIT $2", [now, limit])
            .map { try $0.get("workspace_id") }
    }

    /// Ends a month: whatever is stored or deleted from here on counts for the next day, at the earliest.
    static func endMonth(
        of workspaceID: Identifier,
        nextDay: Int64,
        billAt: Timestamp?,
        in tx: SQLTransaction
    ) throws {
        try tx.execute(
            """
            UPDATE storage_use SET bill_at = $1, last_day = CASE WHEN last_day > $2 THEN last_day ELSE $2 END
            WHERE workspace_id = $3
            """,
            [billAt, nextDay, workspaceID]
        )
    }

    static func insert(
        _ charge: StorageCharge,
        of workspaceID: Identifier,
        monthStart: Timestamp,
        lookAt: Timestamp,
        in tx: SQLTransaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO storage_bills (workspace_id, month_start, byte_days, net_minor, tax_minor, look_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            """,
            [workspaceID, monthStart, charge.byteDays, charge.netMinor, charge.taxMinor, lookAt]
        )
    }

    /// Workspaces with bills to look at, those that wait longest first.
    static func workspacesToPay(dueBy now: Timestamp, limit: Int, in tx: SQLTransaction) throws -> [Identifier] {
        let rows = try tx.rows(
            "SELECT workspace_id FROM storage_bills WHERE look_at <= $1 ORDER BY look_at LIMIT $2",
            [now, limit]
        )
        var known: Set<Identifier> = []
        return try rows.compactMap { row in
            let id: Identifier = try row.get("workspace_id")
            return known.insert(id).inserted ? id : nil
        }
    }

    /// A workspace's bills to look at, oldest month first, at most two years of them.
    static func toPay(by workspaceID: Identifier, dueBy now: Timestamp, in tx: SQLTransaction) throws -> [Bill] {
        try tx.rows(
            """
            SELECT * FROM storage_bills WHERE workspace_id = $1 AND look_at <= $2 ORDER BY month_start LIMIT 24
            """,
            [workspaceID, now]
        ).map { row in
            Bill(
                workspaceID: try row.get("workspace_id"),
                monthStart: try row.get("month_start"),
                netMinor: try row.get("net_minor"),
                taxMinor: try row.get("tax_minor"),
                isTold: try row.get("told_at", as: Timestamp?.self) != nil
            )
        }
    }

    static func setPaid(_ bill: Bill, at now: Timestamp, in tx: SQLTransaction) throws {
        try tx.execute(
            "UPDATE storage_bills SET paid_at = $1, look_at = NULL WHERE workspace_id = $2 AND month_start = $3",
            [now, bill.workspaceID, bill.monthStart]
        )
    }

    /// The bill waits, and its people have been told.
    static func setUnpaid(_ bill: Bill, at now: Timestamp, lookAgainAt next: Timestamp, in tx: SQLTransaction) throws {
        try tx.execute(
            """
            UPDATE storage_bills SET told_at = COALESCE(told_at, $1), look_at = $2
            WHERE workspace_id = $3 AND month_start = $4
            """,
            [now, next, bill.workspaceID, bill.monthStart]
        )
    }

    /// There is money again: unpaid bills are looked at now.
    static func lookAtUnpaid(of workspaceID: Identifier, at now: Timestamp, in tx: SQLTransaction) throws {
        try tx.execute(
            "UPDATE storage_bills SET look_at = $1 WHERE workspace_id = $2 AND paid_at IS NULL",
            [now, workspaceID]
        )
    }

    static func owed(by workspaceID: Identifier, in tx: SQLTransaction) throws -> Int64 {
        try tx.first(
            """
            SELECT CAST(COALESCE(SUM(net_minor + tax_minor), 0) AS BIGINT) AS owed
            FROM storage_bills WHERE workspace_id = $1 AND paid_at IS NULL
            """,
            [workspaceID]
        )?.get("owed") ?? 0
    }
}
