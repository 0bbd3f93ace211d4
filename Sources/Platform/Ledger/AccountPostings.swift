package import Database
package import Primitives

/// Reads the postings of one account. Ids are in the order of posting, so spans of time are spans of ids, and all of
/// them are read through the index of account and entry.
package enum AccountPostings {
    /// The postings that a filter wants, newest first unless it says otherwise; none for an account without any.
    ///
    /// - Throws: `DatabaseError`.
    package static func read(
        _ filter: PostingFilter,
        of account: AccountReference,
        in tx: SQLTransaction
    ) throws -> [AccountPosting] {
        let row = try tx.first(
            "SELECT id FROM ledger_accounts WHERE workspace_id = $1 AND kind = $2 AND currency = $3",
            [account.workspaceID, account.kind.rawValue, account.currency.code]
        )
        guard let id: Identifier = try row?.get("id") else { return [] }
        let (sql, values) = query(filter, accountID: id, side: account.kind.normalSide)
        return try tx.rows(sql, values).map { try posting($0, side: account.kind.normalSide) }
    }

    /// The statement and its values; apart, so that a test can ask the database how it would go about it.
    package static func query(
        _ filter: PostingFilter,
        accountID: Identifier,
        side: PostingSide
    ) -> (sql: String, values: [any SQLEncodable]) {
        var conditions = ["p.account_id = $1"]
        var values: [any SQLEncodable] = [accountID]
        func require(_ condition: String, _ value: any SQLEncodable) {
            values.append(value)
            conditions.append("\(condition) $\(values.count)")
        }
        if let kind = filter.kind { require("e.kind =", kind.rawValue) }
        if let raises = filter.raises {
            let isPositive = raises == (side == .debit)
            conditions.append("p.amount_minor \(isPositive ? ">" : "<") 0")
        }
        if let reference = filter.referenceID {
            values.append(reference)
            // A reversal belongs to what the entry belongs to that it reverses.
            conditions.append(
                """
                (e.reference_id = $\(values.count) OR e.kind = 'reversal' AND e.reference_id IN (
                    SELECT id FROM ledger_entries WHERE reference_id = $\(values.count)))
                """
            )
        }
        if let from = filter.from { require("p.entry_id >=", Identifier.first(at: from)) }
        if let to = filter.to { require("p.entry_id <", Identifier.first(at: to)) }
        if let before = filter.before { require("p.entry_id <", before) }
        if let after = filter.after { require("p.entry_id >", after) }
        values.append(filter.limit)
        let sql = """
            SELECT p.entry_id, p.amount_minor, p.balance_after_minor, e.kind, e.description, e.reference_id
            FROM ledger_postings p JOIN ledger_entries e ON e.id = p.entry_id
            WHERE \(conditions.joined(separator: " AND "))
            ORDER BY p.entry_id \(filter.isRising ? "ASC" : "DESC") LIMIT $\(values.count)
            """
        return (sql, values)
    }

    private static func posting(_ row: Row, side: PostingSide) throws -> AccountPosting {
        guard let kind = EntryKind(rawValue: try row.get("kind")) else {
            throw DatabaseError.decoding("ledger_entries: kind")
        }
        return AccountPosting(
            entryID: try row.get("entry_id"),
            kind: kind,
            amountMinor: try row.get("amount_minor", as: Int64.self) * side.sign,
            balanceAfterMinor: try row.get("balance_after_minor", as: Int64.self) * side.sign,
            description: try row.get("description"),
            referenceID: try row.get("reference_id")
        )
    }
}
