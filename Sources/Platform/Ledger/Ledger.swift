package import Database
package import Primitives

/// The append-only double-entry ledger. Everything runs inside the caller's transaction, so money moves together with
/// its reason.
package struct Ledger: Sendable {
    /// Entries that may be posted at once.
    package static let batchLimit = 1000

    private let ids: any IdentifierSource

    /// Makes a ledger whose rows get their ids from `ids`.
    package init(ids: any IdentifierSource) {
        self.ids = ids
    }

    /// Posts a balanced entry and updates the cached balances of its accounts, once per key.
    ///
    /// - Throws: `LedgerError` for an entry that must not be posted, or `DatabaseError`.
    package func post(_ entry: EntryDraft, at moment: Timestamp, in tx: SQLTransaction) throws -> PostResult {
        try post([entry], at: moment, in: tx).first ?? .alreadyPosted
    }

    /// Posts entries in their order with as few statements as one of them takes; the result for each.
    ///
    /// The accounts are locked before entries get their ids, and the ids are greater than those of all their entries:
    /// in the order of ids, each balance follows from the one before, and what is new is always last, whatever the
    /// clocks of several nodes say.
    ///
    /// - Parameters:
    ///   - entries: at most `batchLimit`.
    ///   - onFall: told of each account that fell by all of them and is now below its mark, while it is locked.
    /// - Throws: `LedgerError` for an entry that must not be posted, and then none is; or `DatabaseError`; what `onFall`
    ///   throws.
    package func post(
        _ entries: [EntryDraft],
        at moment: Timestamp,
        in tx: SQLTransaction,
        onFall: (BalanceFall) throws -> Void = { _ in }
    ) throws -> [PostResult] {
        guard !entries.isEmpty else { return [] }
        guard entries.count <= Self.batchLimit else { throw LedgerError.tooMany(entries.count) }
        for entry in entries { try entry.validate() }
        let candidate = ids.next()
        var accounts = try LedgerTable.move(try Self.changes(by: entries), for: candidate, ids: ids, in: tx)
        let new = try identify(entries, from: candidate, among: Array(accounts.values), in: tx)
        let stored = try LedgerTable.insert(new, at: moment, in: tx)
        let (posted, known) = (new.filter { stored.contains($0.id) }, new.filter { !stored.contains($0.id) })
        if !known.isEmpty {
            // They were posted before: balances go back to where they were without them, still under the same locks.
            let back = try Self.changes(by: known.map(\.draft)).mapValues { -$0 }
            try accounts.merge(LedgerTable.move(back, for: candidate, ids: ids, in: tx)) { _, last in last }
            for entry in known { try LedgerTable.requireEqual(entry.draft, in: tx) }
        }
        if !posted.isEmpty { try LedgerTable.insert(try Self.postings(of: posted, on: accounts), in: tx) }
        for (account, change) in try Self.changes(by: posted.map(\.draft)) {
            if let fall = accounts[account]?.fall(of: account, by: change) { try onFall(fall) }
        }
        return new.map { stored.contains($0.id) ? .posted : .alreadyPosted }
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

    /// Locks accounts in the order in which entries lock them, for whoever posts several entries that share some.
    ///
    /// - Throws: `DatabaseError`.
    package func lock(_ accounts: [AccountReference], in tx: SQLTransaction) throws {
        for account in accounts.sorted(by: LedgerTable.lockOrder) {
            _ = try tx.first(
                """
                SELECT id FROM ledger_accounts WHERE workspace_id = $1 AND kind = $2 AND currency = $3\(tx.dialect.forNoKeyUpdate)
                """,
                [account.workspaceID, account.kind.rawValue, account.currency.code]
            )
        }
    }

    /// The balances of several workspaces' accounts of a kind; those that nothing was posted to are left out.
    ///
    /// - Throws: `DatabaseError`.
    package func balances(
        of kind: AccountKind,
        _ currency: Currency,
        workspaceIDs: [Identifier],
        in tx: SQLTransaction
    ) throws -> [Identifier: Int64] {
        guard !workspaceIDs.isEmpty else { return [:] }
        let values: [any SQLEncodable] = [kind.rawValue, currency.code] + workspaceIDs
        let rows = try tx.rows(
            """
            SELECT workspace_id, balance_minor FROM ledger_accounts
            WHERE kind = $1 AND currency = $2 AND workspace_id IN (\(Placeholders.list(workspaceIDs.count, from: 3)))
            """,
            values
        )
        return try rows.reduce(into: [:]) { balances, row in
            balances[try row.get("workspace_id")] = try row.get("balance_minor", as: Int64.self) * kind.normalSide.sign
        }
    }

    /// Gives entries ids that rise and are after the last entry of every account.
    private func identify(
        _ entries: [EntryDraft],
        from candidate: Identifier,
        among accounts: [MovedAccount],
        in tx: SQLTransaction
    ) throws -> [LedgerTable.NewEntry] {
        var last = candidate
        if let latest = accounts.map(\.lastEntryID).max(), latest > candidate { last = latest.successor(by: candidate) }
        var new: [LedgerTable.NewEntry] = []
        for entry in entries {
            if !new.isEmpty {
                let next = ids.next()
                last = next > last ? next : last.successor(by: next)
            }
            new.append((last, entry))
        }
        if last != candidate { try LedgerTable.setLastEntry(last, of: accounts, in: tx) }
        return new
    }

    /// What entries do to each account together.
    private static func changes(by entries: [EntryDraft]) throws(LedgerError) -> [AccountReference: Int64] {
        var changes: [AccountReference: Int64] = [:]
        for entry in entries {
            for posting in entry.postings {
                let (sum, overflows) = changes[posting.account, default: 0].addingReportingOverflow(posting.storedMinor)
                guard !overflows else { throw .overflow(key: entry.key) }
                changes[posting.account] = sum
            }
        }
        return changes
    }

    /// The postings of entries, from the balances that all of them together left.
    private static func postings(
        of entries: [LedgerTable.NewEntry],
        on accounts: [AccountReference: MovedAccount]
    ) throws -> [LedgerTable.NewPosting] {
        let changes = try changes(by: entries.map(\.draft))
        var balances = accounts.reduce(into: [:]) { $0[$1.key] = $1.value.balanceMinor - (changes[$1.key] ?? 0) }
        return try entries.flatMap { entry in
            try entry.draft.postings.map { posting -> LedgerTable.NewPosting in
                guard let account = accounts[posting.account] else {
                    throw DatabaseError.statement("an account was not moved")
                }
                let balance = balances[posting.account, default: 0] + posting.storedMinor
                balances[posting.account] = balance
                return (entry.id, account.id, posting.storedMinor, balance)
            }
        }
    }
}
