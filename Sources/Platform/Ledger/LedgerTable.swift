import Database
import Primitives

/// The SQL of posting: a statement for all accounts, one for all entries, one for all postings, however many there are.
enum LedgerTable {
    /// An entry with the id that it gets.
    typealias NewEntry = (id: Identifier, draft: EntryDraft)
    /// A posting as it is stored.
    typealias NewPosting = (entryID: Identifier, accountID: Identifier, amountMinor: Int64, balanceAfterMinor: Int64)

    /// Makes or moves accounts, each of which stays locked until the transaction ends.
    static func move(
        _ changes: [AccountReference: Int64],
        for entryID: Identifier,
        ids: any IdentifierSource,
        in tx: SQLTransaction
    ) throws -> [AccountReference: MovedAccount] {
        let accounts = changes.keys.sorted(by: lockOrder)
        let values = accounts.flatMap { account -> [any SQLEncodable] in
            [
                ids.next(), account.workspaceID, account.kind.rawValue, account.currency.code, changes[account] ?? 0,
                entryID,
            ]
        }
        let rows = try tx.rows(
            """
            INSERT INTO ledger_accounts (id, workspace_id, kind, currency, balance_minor, last_entry_id)
            VALUES \(Placeholders.rows(accounts.count, of: 6)) ON CONFLICT (workspace_id, kind, currency)
            DO UPDATE SET balance_minor = ledger_accounts.balance_minor + excluded.balance_minor,
                last_entry_id = CASE WHEN ledger_accounts.last_entry_id > excluded.last_entry_id
                    THEN ledger_accounts.last_entry_id ELSE excluded.last_entry_id END
            RETURNING id, balance_minor, last_entry_id, mark_minor, workspace_id, kind, currency
            """,
            values
        )
        let moved = try rows.map { (try reference($0), try account($0)) }
        guard moved.count == accounts.count else {
            throw DatabaseError.statement("an account was neither made nor moved")
        }
        return Dictionary(moved) { first, _ in first }
    }

    /// The greatest id that an entry of these accounts has from now on.
    static func setLastEntry(_ id: Identifier, of accounts: [MovedAccount], in tx: SQLTransaction) throws {
        let values: [any SQLEncodable] = [id] + accounts.map(\.id)
        try tx.execute(
            """
            UPDATE ledger_accounts SET last_entry_id = $1
            WHERE id IN (\(Placeholders.list(accounts.count, from: 2)))
            """,
            values
        )
    }

    /// Stores entries, and says which: those whose keys were there before are left out.
    static func insert(_ entries: [NewEntry], at moment: Timestamp, in tx: SQLTransaction) throws -> Set<Identifier> {
        let values = entries.flatMap { id, draft -> [any SQLEncodable] in
            [id, draft.key, draft.kind.rawValue, draft.description, draft.referenceID, draft.totalMinor, moment]
        }
        let rows = try tx.rows(
            """
            INSERT INTO ledger_entries (id, entry_key, kind, description, reference_id, amount_minor, occurred_at)
            VALUES \(Placeholders.rows(entries.count, of: 7)) ON CONFLICT (entry_key) DO NOTHING RETURNING id
            """,
            values
        )
        return Set(try rows.map { try $0.get("id", as: Identifier.self) })
    }

    static func insert(_ postings: [NewPosting], in tx: SQLTransaction) throws {
        let values = postings.flatMap { posting -> [any SQLEncodable] in
            [posting.entryID, posting.accountID, posting.amountMinor, posting.balanceAfterMinor]
        }
        try tx.execute(
            """
            INSERT INTO ledger_postings (entry_id, account_id, amount_minor, balance_after_minor)
            VALUES \(Placeholders.rows(postings.count, of: 4))
            """,
            values
        )
    }

    /// What is stored under an entry's key says the same.
    static func requireEqual(_ entry: EntryDraft, in tx: SQLTransaction) throws {
        let row = try tx.first("SELECT kind, amount_minor FROM ledger_entries WHERE entry_key = $1", [entry.key])
        guard let row, try row.get("kind") == entry.kind.rawValue, try row.get("amount_minor") == entry.totalMinor
        else {
            throw LedgerError.keyReused(key: entry.key)
        }
    }

    private static func account(_ row: Row) throws -> MovedAccount {
        MovedAccount(
            id: try row.get("id"),
            balanceMinor: try row.get("balance_minor"),
            lastEntryID: try row.get("last_entry_id"),
            markMinor: try row.get("mark_minor")
        )
    }

    private static func reference(_ row: Row) throws -> AccountReference {
        guard let kind = AccountKind(rawValue: try row.get("kind")), let currency = Currency(try row.get("currency"))
        else { throw DatabaseError.decoding("ledger_accounts: kind or currency") }
        return AccountReference(workspaceID: try row.get("workspace_id"), kind: kind, currency: currency)
    }

    /// Two writers that lock the same accounts lock them in the same order.
    static func lockOrder(_ left: AccountReference, _ right: AccountReference) -> Bool {
        (left.workspaceID, left.kind.rawValue, left.currency.code)
            < (right.workspaceID, right.kind.rawValue, right.currency.code)
    }
}
