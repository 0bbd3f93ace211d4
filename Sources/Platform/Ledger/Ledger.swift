package import Database
package import Primitives

/// The append-only double-entry ledger. Everything runs inside the caller's transaction, so money moves together with
/// its reason.
package struct Ledger: Sendable {
    private let ids: any IdentifierSource

    /// Makes a ledger whose rows get their ids from `ids`.
    package init(ids: any IdentifierSource) {
        self.ids = ids
    }

    /// Posts a balanced entry and updates the cached balances of its accounts, once per key.
    ///
    /// The accounts are locked before the entry gets its id, and the id is greater than those of all their entries:
    /// in the order of ids, each balance follows from the one before, and what is new is always last, whatever the
    /// clocks of several nodes say.
    ///
    /// - Parameter onFall: told of each account that fell and is now below its mark, while it is locked.
    /// - Throws: `LedgerError` for an entry that must not be posted, or `DatabaseError`; what `onFall` throws.
    package func post(
        _ entry: EntryDraft,
        at moment: Timestamp,
        in tx: SQLTransaction,
        onFall: (BalanceFall) throws -> Void = { _ in }
    ) throws -> PostResult {
        try entry.validate()
        let candidate = ids.next()
        let postings = entry.postings.sorted(by: Self.lockOrder)
        let moved = try postings.map { try move($0.account, by: $0.storedMinor, for: candidate, in: tx) }
        let id = try settleID(candidate, in: moved, tx)
        let inserted = try tx.execute(
            """
            INSERT INTO ledger_entries (id, entry_key, kind, description, reference_id, amount_minor, occurred_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (entry_key) DO NOTHING
            """,
            [id, entry.key, entry.kind.rawValue, entry.description, entry.referenceID, entry.totalMinor, moment]
        )
        guard inserted == 1 else {
            // It was posted before: the balances go back to where they were, still under the same locks.
            for posting in postings { _ = try move(posting.account, by: -posting.storedMinor, for: id, in: tx) }
            try requireEqual(entry, in: tx)
            return .alreadyPosted
        }
        try store(postings, moved, entryID: id, in: tx)
        for (posting, account) in zip(postings, moved) {
            if let fall = account.fall(after: posting) { try onFall(fall) }
        }
        return .posted
    }

    /// Ends a span of time for an account, which is made when it has no postings yet: waits for entries that are being
    /// posted, and lets no later one have an id of before `moment`. What was posted until then never changes again.
    ///
    /// - Throws: `DatabaseError`.
    package func close(_ account: AccountReference, before moment: Timestamp, in tx: SQLTransaction) throws {
        try tx.execute(
            """
            INSERT INTO ledger_accounts (id, workspace_id, kind, currency, balance_minor, last_entry_id)
            VALUES ($1, $2, $3, $4, 0, $5)
            ON CONFLICT (workspace_id, kind, currency) DO UPDATE SET last_entry_id = excluded.last_entry_id
            WHERE ledger_accounts.last_entry_id IS NULL OR ledger_accounts.last_entry_id < excluded.last_entry_id
            """,
            [
                ids.next(), account.workspaceID, account.kind.rawValue, account.currency.code,
                Identifier.first(at: moment),
            ]
        )
    }

    /// Marks a balance of an account, which is made when it has no postings yet: whoever posts is told when the account
    /// falls and is then below it. Postings that are under way are waited for.
    ///
    /// - Parameter minor: minor units on the account's normal side; nil to be told nothing.
    /// - Throws: `DatabaseError`.
    package func mark(_ account: AccountReference, at minor: Int64?, in tx: SQLTransaction) throws {
        try tx.execute(
            """
            INSERT INTO ledger_accounts (id, workspace_id, kind, currency, balance_minor, mark_minor)
            VALUES ($1, $2, $3, $4, 0, $5)
            ON CONFLICT (workspace_id, kind, currency) DO UPDATE SET mark_minor = excluded.mark_minor
            """,
            [ids.next(), account.workspaceID, account.kind.rawValue, account.currency.code, minor]
        )
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

    /// The candidate, or an id after the last entry of every account when one of them has a later one.
    private func settleID(_ candidate: Identifier, in moved: [MovedAccount], _ tx: SQLTransaction) throws -> Identifier
    {
        guard let latest = moved.map(\.lastEntryID).max(), latest > candidate else { return candidate }
        let id = latest.successor(by: candidate)
        for account in moved {
            try tx.execute("UPDATE ledger_accounts SET last_entry_id = $1 WHERE id = $2", [id, account.id])
        }
        return id
    }

    /// Stores all postings with one statement.
    private func store(
        _ postings: [PostingDraft],
        _ moved: [MovedAccount],
        entryID: Identifier,
        in tx: SQLTransaction
    ) throws {
        var rows: [String] = []
        var arguments: [any SQLEncodable] = [entryID]
        for (posting, account) in zip(postings, moved) {
            let first = arguments.count + 1
            rows.append("($1, $\(first), $\(first + 1), $\(first + 2))")
            arguments += [account.id, posting.storedMinor, account.balanceMinor] as [any SQLEncodable]
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
        for entryID: Identifier,
        in tx: SQLTransaction
    ) throws -> MovedAccount {
        let row = try tx.first(
            """
            INSERT INTO ledger_accounts (id, workspace_id, kind, currency, balance_minor, last_entry_id)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (workspace_id, kind, currency)
            DO UPDATE SET balance_minor = ledger_accounts.balance_minor + excluded.balance_minor,
                last_entry_id = CASE WHEN ledger_accounts.last_entry_id > excluded.last_entry_id
                    THEN ledger_accounts.last_entry_id ELSE excluded.last_entry_id END
            RETURNING id, balance_minor, last_entry_id, mark_minor
            """,
            [ids.next(), account.workspaceID, account.kind.rawValue, account.currency.code, amount, entryID]
        )
        guard let row else { throw DatabaseError.statement("an account was neither made nor moved") }
        return MovedAccount(
            id: try row.get("id"),
            balanceMinor: try row.get("balance_minor"),
            lastEntryID: try row.get("last_entry_id"),
            markMinor: try row.get("mark_minor")
        )
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
