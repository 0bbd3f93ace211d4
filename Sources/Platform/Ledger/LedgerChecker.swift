package import Database
import Primitives

/// Proves that cached balances equal derived ones and that every entry is balanced.
package enum LedgerChecker {
    /// All differences, at most 1,000 of each kind; empty when the books are right. Run it in one read, so that it sees one moment.
    ///
    /// - Throws: `DatabaseError`.
    package static func differences(in tx: SQLTransaction) throws -> [LedgerDifference] {
        try balances(tx) + unbalancedEntries(tx) + bareEntries(tx) + orphans(tx) + reversals(tx)
    }

    private static func balances(_ tx: SQLTransaction) throws -> [LedgerDifference] {
        try tx.rows(
            """
            SELECT a.workspace_id, a.kind, a.currency, a.balance_minor AS cached,
                CAST(COALESCE(SUM(p.amount_minor), 0) AS BIGINT) AS derived
            FROM ledger_accounts a LEFT JOIN ledger_postings p ON p.account_id = a.id
            GROUP BY a.id, a.workspace_id, a.kind, a.currency, a.balance_minor
            HAVING a.balance_minor <> COALESCE(SUM(p.amount_minor), 0) LIMIT 1000
            """
        ).map { row in
            let owner: Identifier = try row.get("workspace_id")
            let name = "\(owner)/\(try row.get("kind", as: String.self))/\(try row.get("currency", as: String.self))"
            return .balance(account: name, cachedMinor: try row.get("cached"), derivedMinor: try row.get("derived"))
        }
    }

    private static func unbalancedEntries(_ tx: SQLTransaction) throws -> [LedgerDifference] {
        try tx.rows(
            """
            SELECT e.entry_key, CAST(SUM(p.amount_minor) AS BIGINT) AS total
            FROM ledger_entries e JOIN ledger_postings p ON p.entry_id = e.id
            GROUP BY e.id, e.entry_key HAVING SUM(p.amount_minor) <> 0 LIMIT 1000
            """
        ).map { .unbalancedEntry(key: try $0.get("entry_key"), sumMinor: try $0.get("total")) }
    }

    private static func bareEntries(_ tx: SQLTransaction) throws -> [LedgerDifference] {
        try tx.rows(
            """
            SELECT e.entry_key FROM ledger_entries e LEFT JOIN ledger_postings p ON p.entry_id = e.id
            GROUP BY e.id, e.entry_key HAVING COUNT(p.entry_id) < 2 LIMIT 1000
            """
        ).map { .entryWithoutPostings(key: try $0.get("entry_key")) }
    }

    private static func orphans(_ tx: SQLTransaction) throws -> [LedgerDifference] {
        let row = try tx.first(
            """
            SELECT COUNT(*) AS orphans FROM ledger_postings p
            WHERE NOT EXISTS (SELECT 1 FROM ledger_entries e WHERE e.id = p.entry_id)
                OR NOT EXISTS (SELECT 1 FROM ledger_accounts a WHERE a.id = p.account_id)
            """
        )
        let count: Int64 = try row?.get("orphans") ?? 0
        return count == 0 ? [] : [.orphanPostings(count: count)]
    }

    /// What a reversal refers to is the entry that it reverses.
    private static func reversals(_ tx: SQLTransaction) throws -> [LedgerDifference] {
        try tx.rows(
            """
            SELECT o.entry_key, o.amount_minor, CAST(SUM(e.amount_minor) AS BIGINT) AS reversed
            FROM ledger_entries e JOIN ledger_entries o ON o.id = e.reference_id
            WHERE e.kind = 'reversal' GROUP BY o.id, o.entry_key, o.amount_minor
            HAVING SUM(e.amount_minor) > o.amount_minor LIMIT 1000
            """
        ).map { row in
            .reversedTooMuch(
                key: try row.get("entry_key"),
                amountMinor: try row.get("amount_minor"),
                reversedMinor: try row.get("reversed")
            )
        }
    }
}
