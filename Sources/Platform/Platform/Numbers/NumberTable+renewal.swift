import Database
import Primitives

extension NumberTable {
    /// When each number's rental is to be looked at again, and since when it is unpaid.
    static let renewalMigration = Migration(number: 214, name: "number renewals") { _ in
        [
            "ALTER TABLE numbers ADD COLUMN renew_at BIGINT", "ALTER TABLE numbers ADD COLUMN unpaid_since BIGINT",
            // Only what the lack of money stopped works again with money.
            "ALTER TABLE numbers ADD COLUMN stopped_unpaid BIGINT NOT NULL DEFAULT 0",
            "UPDATE numbers SET renew_at = paid_until WHERE status IN ('active', 'suspended', 'porting')",
            "CREATE INDEX numbers_to_renew ON numbers (renew_at) WHERE renew_at IS NOT NULL",
            "CREATE INDEX numbers_unpaid ON numbers (workspace_id) WHERE unpaid_since IS NOT NULL",
        ]
    }

    /// What a renewal needs to know of a number besides.
    struct Renewal {
        let number: VoiceNumber
        let unpaidSince: Timestamp?
        let isStoppedUnpaid: Bool
    }

    /// The workspaces that have numbers to look at, those that wait longest first.
    static func workspacesToRenew(dueBefore now: Timestamp, limit: Int, in tx: SQLTransaction) throws -> [Identifier] {
        let rows = try tx.rows(
            """
            SELECT workspace_id FROM numbers WHERE renew_at <= $1 AND workspace_id IS NOT NULL ORDER BY renew_at LIMIT $2
            """,
            [now, limit]
        )
        var known: Set<Identifier> = []
        return try rows.compactMap { row in
            let id: Identifier = try row.get("workspace_id")
            return known.insert(id).inserted ? id : nil
        }
    }

    /// A workspace's numbers to look at, locked until the transaction ends.
    static func toRenew(
        of workspaceID: Identifier,
        dueBefore now: Timestamp,
        limit: Int,
        in tx: SQLTransaction
    ) throws -> [Renewal] {
        try tx.rows(
            """
            SELECT \(columns), unpaid_since, stopped_unpaid FROM numbers
            WHERE workspace_id = $1 AND renew_at <= $2 ORDER BY renew_at, id LIMIT $3\(tx.dialect.forUpdate)
            """,
            [workspaceID, now, limit]
        ).map { row in
            Renewal(
                number: try number(row),
                unpaidSince: try row.get("unpaid_since"),
                isStoppedUnpaid: try row.get("stopped_unpaid")
            )
        }
    }

    /// The rental is paid until a moment, and looked at again then.
    static func setPaid(_ id: Identifier, until end: Timestamp, in tx: SQLTransaction) throws {
        try tx.execute(
            """
            UPDATE numbers SET paid_until = $1, renew_at = $1, unpaid_since = NULL, stopped_unpaid = 0 WHERE id = $2
            """,
            [end, id]
        )
    }

    /// The rental is not paid, and is looked at again at a moment.
    static func setUnpaid(
        _ id: Identifier,
        since moment: Timestamp,
        isStopped: Bool,
        lookAgainAt next: Timestamp,
        in tx: SQLTransaction
    ) throws {
        try tx.execute(
            "UPDATE numbers SET unpaid_since = $1, stopped_unpaid = $2, renew_at = $3 WHERE id = $4",
            [moment, isStopped, next, id]
        )
    }

    static func endRenewals(of id: Identifier, in tx: SQLTransaction) throws {
        try tx.execute("UPDATE numbers SET renew_at = NULL WHERE id = $1", [id])
    }

    /// There is money again: unpaid numbers are looked at now.
    static func lookAtUnpaid(of workspaceID: Identifier, at now: Timestamp, in tx: SQLTransaction) throws {
        try tx.execute(
            "UPDATE numbers SET renew_at = $1 WHERE workspace_id = $2 AND unpaid_since IS NOT NULL",
            [now, workspaceID]
        )
    }
}
