package import Database
package import Primitives

/// Reads entries by what names them.
package enum LedgerEntries {
    private static let columns = "id, entry_key, kind, reference_id, amount_minor"

    /// The entry with an id and its sides; nil when there is none.
    ///
    /// - Throws: `DatabaseError`.
    package static func find(_ id: Identifier, in tx: SQLTransaction) throws -> PostedEntry? {
        guard let row = try tx.first("SELECT \(columns) FROM ledger_entries WHERE id = $1", [id]) else { return nil }
        return try entry(row, sides: try sides(of: id, in: tx))
    }

    /// The entry that was posted under a key and its sides; nil when there is none.
    ///
    /// - Throws: `DatabaseError`.
    package static func find(key: String, in tx: SQLTransaction) throws -> PostedEntry? {
        let row = try tx.first("SELECT id FROM ledger_entries WHERE entry_key = $1", [key])
        guard let id: Identifier = try row?.get("id") else { return nil }
        return try find(id, in: tx)
    }

    /// The entries with some ids, without their sides; ids of other things are left out.
    ///
    /// - Parameter ids: at most 1,000.
    /// - Throws: `DatabaseError`.
    package static func several(_ ids: [Identifier], in tx: SQLTransaction) throws -> [PostedEntry] {
        if ids.isEmpty { return [] }
        let places = ids.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
        return try tx.rows("SELECT \(columns) FROM ledger_entries WHERE id IN (\(places))", ids)
            .map { try entry($0, sides: []) }
    }

    /// What the reversals of an entry have moved by now, by kind of account: debits positive.
    ///
    /// - Throws: `DatabaseError`.
    package static func reversed(_ id: Identifier, in tx: SQLTransaction) throws -> [AccountKind: Int64] {
        let rows = try tx.rows(
            """
            SELECT a.kind AS kind, CAST(SUM(p.amount_minor) AS BIGINT) AS total
            FROM ledger_entries e JOIN ledger_postings p ON p.entry_id = e.id
                JOIN ledger_accounts a ON a.id = p.account_id
            WHERE e.reference_id = $1 AND e.kind = $2 GROUP BY a.kind
            """,
            [id, EntryKind.reversal.rawValue]
        )
        var totals: [AccountKind: Int64] = [:]
        for row in rows { totals[try accountKind(row)] = try row.get("total") }
        return totals
    }

    private static func sides(of id: Identifier, in tx: SQLTransaction) throws -> [PostedEntry.Side] {
        try tx.rows(
            """
            SELECT a.workspace_id, a.kind AS kind, a.currency, p.amount_minor
            FROM ledger_postings p JOIN ledger_accounts a ON a.id = p.account_id
            WHERE p.entry_id = $1 ORDER BY a.workspace_id, a.kind
            """,
            [id]
        ).map { row in
            guard let currency = Currency(try row.get("currency")) else {
                throw DatabaseError.decoding("ledger_accounts: currency")
            }
            let account = AccountReference(
                workspaceID: try row.get("workspace_id"),
                kind: try accountKind(row),
                currency: currency
            )
            return PostedEntry.Side(account: account, storedMinor: try row.get("amount_minor"))
        }
    }

    private static func accountKind(_ row: Row) throws -> AccountKind {
        guard let kind = AccountKind(rawValue: try row.get("kind")) else {
            throw DatabaseError.decoding("ledger_accounts: kind")
        }
        return kind
    }

    private static func entry(_ row: Row, sides: [PostedEntry.Side]) throws -> PostedEntry {
        guard let kind = EntryKind(rawValue: try row.get("kind")) else {
            throw DatabaseError.decoding("ledger_entries: kind")
        }
        return PostedEntry(
            id: try row.get("id"),
            key: try row.get("entry_key"),
            kind: kind,
            referenceID: try row.get("reference_id"),
            amountMinor: try row.get("amount_minor"),
            sides: sides
        )
    }
}
