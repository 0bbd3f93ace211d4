package import Database
package import Primitives

/// What the entries of one kind did to an account in a span of time, seen from its normal side.
package struct AccountSum: Sendable, Equatable {
    /// What the entries are.
    package let kind: EntryKind
    /// How many there are.
    package let count: Int64
    /// What raised the balance, in minor units.
    package let raisedMinor: Int64
    /// What lowered it, in minor units and not negative.
    package let loweredMinor: Int64

    /// The sums of an account by kind, added up by the database, in the order of kinds.
    ///
    /// - Parameters:
    ///   - from: the first moment that is counted.
    ///   - to: the first one that is not.
    /// - Throws: `DatabaseError`.
    package static func read(
        of account: AccountReference,
        from: Timestamp,
        to: Timestamp,
        in tx: SQLTransaction
    ) throws -> [AccountSum] {
        let (positive, negative) = account.kind.normalSide == .debit ? (">", "<") : ("<", ">")
        let rows = try tx.rows(
            """
            SELECT e.kind AS kind, COUNT(*) AS n,
                CAST(SUM(CASE WHEN p.amount_minor \(positive) 0 THEN ABS(p.amount_minor) ELSE 0 END) AS BIGINT) AS raised,
                CAST(SUM(CASE WHEN p.amount_minor \(negative) 0 THEN ABS(p.amount_minor) ELSE 0 END) AS BIGINT) AS lowered
            FROM ledger_postings p JOIN ledger_entries e ON e.id = p.entry_id
            WHERE p.account_id IN (
                    SELECT id FROM ledger_accounts WHERE workspace_id = $1 AND kind = $2 AND currency = $3)
                AND p.entry_id >= $4 AND p.entry_id < $5
            GROUP BY e.kind
            """,
            [
                account.workspaceID, account.kind.rawValue, account.currency.code, Identifier.first(at: from),
                Identifier.first(at: to),
            ]
        )
        let sums = try rows.map(sum)
        return EntryKind.allCases.compactMap { kind in sums.first { $0.kind == kind } }
    }

    private static func sum(_ row: Row) throws -> AccountSum {
        guard let kind = EntryKind(rawValue: try row.get("kind")) else {
            throw DatabaseError.decoding("ledger_entries: kind")
        }
        return AccountSum(
            kind: kind,
            count: try row.get("n"),
            raisedMinor: try row.get("raised"),
            loweredMinor: try row.get("lowered")
        )
    }
}
