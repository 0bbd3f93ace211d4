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

    /// Those that are due come in an order that keeps each workspace's together, and can be gone on with.
    static let renewalOrderMigration = Migration(number: 215, name: "order of renewals") { _ in
        [
            "DROP INDEX numbers_to_renew",
            "CREATE INDEX numbers_to_renew ON numbers (renew_at, workspace_id, id) WHERE renew_at IS NOT NULL",
        ]
    }

    /// A number's place among those that are to be looked at.
    struct RenewalPlace {
        let renewAt: Timestamp
        let workspaceID: Identifier
        let id: Identifier
    }

    /// What a renewal needs to know of a number besides.
    struct Renewal {
        let number: VoiceNumber
        let unpaidSince: Timestamp?
        let isStoppedUnpaid: Bool
    }

    /// Numbers to look at, those that wait longest first, from a place on.
    static func toRenew(
        dueBefore now: Timestamp,
        after place: RenewalPlace?,
        limit: Int,
        in tx: SQLTransaction
    ) throws -> [RenewalPlace] {
        var values: [any SQLEncodable] = [now, limit]
        if let place { values += [place.renewAt, place.workspaceID, place.id] as [any SQLEncodable] }
        return try tx.rows(
            """
            SELECT renew_at, workspace_id, id FROM numbers WHERE renew_at <= $1 AND workspace_id IS NOT NULL\
            \(place == nil ? "" : " AND (renew_at, workspace_id, id) > ($3, $4, $5)")
            ORDER BY renew_at, workspace_id, id LIMIT $2
            """,
            values
        ).map { row in
            RenewalPlace(
                renewAt: try row.get("renew_at"),
                workspaceID: try row.get("workspace_id"),
                id: try row.get("id")
            )
        }
    }

    /// Those of some numbers that are still to be looked at, locked until the transaction ends.
    static func lockToRenew(
        _ ids: [Identifier],
        dueBefore now: Timestamp,
        in tx: SQLTransaction
    ) throws -> [Renewal] {
        let values: [any SQLEncodable] = [now] + ids
        return try tx.rows(
            """
            SELECT \(columns), unpaid_since, stopped_unpaid FROM numbers
            WHERE id IN (\(Placeholders.list(ids.count, from: 2))) AND renew_at <= $1
            ORDER BY id\(tx.dialect.forUpdate)
            """,
            values
        ).map { row in
            Renewal(
                number: try number(row),
                unpaidSince: try row.get("unpaid_since"),
                isStoppedUnpaid: try row.get("stopped_unpaid")
            )
        }
    }

    /// Rentals are paid until a moment, and looked at again then.
    static func setPaid(
        _ ids: [Identifier],
        until end: Timestamp,
        renewAt: Timestamp,
        in tx: SQLTransaction
    ) throws {
        let values: [any SQLEncodable] = [end, renewAt] + ids
        try tx.execute(
            """
            UPDATE numbers SET paid_until = $1, renew_at = $2, unpaid_since = NULL, stopped_unpaid = 0
            WHERE id IN (\(Placeholders.list(ids.count, from: 3)))
            """,
            values
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
