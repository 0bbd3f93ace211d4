package import Database
package import Primitives

/// The append-only double-entry ledger. Everything runs inside the caller's transaction, so money moves together with its reason.
package struct Ledger: Sendable {
    private let ids: any IdentifierSource

    /// Makes a ledger whose rows get their ids from `ids`.
    package init(ids: any IdentifierSource) {
        self.ids = ids
    }

    /// Posts a balanced entry and updates the cached balances of its accounts, once per key.
    ///
    /// - Throws: `LedgerError` for an entry that must not be posted, or `DatabaseError`.
    package func post(_ entry: EntryDraft, at moment: Timestamp, in tx: SQLTransaction) throws -> PostResult {
        try entry.validate()
        let id = ids.next()
        let inserted = try tx.execute(
            """
            INSERT INTO ledger_entries (id, entry_key, kind, description, reference_id, amount_minor, occurred_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (entry_key) DO NOTHING
            """,
            [id, entry.key, entry.kind.rawValue, entry.description, entry.referenceID, entry.totalMinor, moment]
        )
        guard inserted == 1 else {
            try requireEqual(entry, in: tx)
            return .alreadyPosted
        }
        try post(entry.postings.sorted(by: Self.lockOrder), entryID: id, in: tx)
        return .posted
    }

    /// The balance on the account's normal side, in minor units; zero for an account that nothing was posted to.
    ///
    /// - Throws: `DatabaseError`.
    package func balance(of account: AccountReference, in tx: SQLTransaction) throws -> Int64 {
        let row = try tx.first(
            "SELECT balance_minor FROM ledger_accounts WHERE workspace_id = $1 AND kind = $2 AND currency = $3",
            [account.workspaceID, account.kind.rawValue, account.currency.code]
        )
        return try (row?.get("balance_minor") ?? 0) * account.kind.normalSide.sign
    }

    /// Moves the accounts one after the other, in the order they came, and stores all postings with one statement.
    private func post(_ postings: [PostingDraft], entryID: Identifier, in tx: SQLTransaction) throws {
        var rows: [String] = []
        var arguments: [any SQLEncodable] = [entryID]
        for posting in postings {
            let amount = posting.amountMinor * posting.side.sign
            let (account, balance) = try move(posting.account, by: amount, in: tx)
            let first = arguments.count + 1
            rows.append("($1, $\(first), $\(first + 1), $\(first + 2))")
            arguments += [account, amount, balance] as [any SQLEncodable]
        }
        try tx.execute(
            """
            INSERT INTO ledger_postings (entry_id, account_id, amount_minor, balance_after_minor)
            VALUES \(rows.joined(separator: ", "))
            """,
            arguments
        )
    }

    /// The account row is made or moved in one statement, and stays locked until the transaction ends.
    private func move(
        _ account: AccountReference,
        by amount: Int64,
        in tx: SQLTransaction
    ) throws -> (id: Identifier, balanceMinor: Int64) {
        let row = try tx.first(
            """
            INSERT INTO ledger_accounts (id, workspace_id, kind, currency, balance_minor) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (workspace_id, kind, currency)
            DO UPDATE SET balance_minor = ledger_accounts.balance_minor + excluded.balance_minor
            RETURNING id, balance_minor
            """,
            [ids.next(), account.workspaceID, account.kind.rawValue, account.currency.code, amount]
        )
        guard let row else { throw DatabaseError.statement("an account was neither made nor moved") }
        return (try row.get("id"), try row.get("balance_minor"))
    }

    private func requireEqual(_ entry: EntryDraft, in tx: SQLTransaction) throws {
        let row = try tx.first("SELECT kind, amount_minor FROM ledger_entries WHERE entry_key = $1", [entry.key])
        guard let row, try row.get("kind") == entry.kind.rawValue, try row.get("amount_minor") == entry.totalMinor
        else {
            throw LedgerError.keyReused(key: entry.key)
        }
    }

    /// Two writers that lock the same accounts lock them in the same order.
    private static func lockOrder(_ left: PostingDraft, _ right: PostingDraft) -> Bool {
        (left.account.workspaceID, left.account.kind.rawValue) < (
            right.account.workspaceID, right.account.kind.rawValue
        )
    }
}
