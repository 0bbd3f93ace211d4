import Database
import Ledger
import Primitives

/// The two ways to do the same work: 64 writers on SQLite, 8 on PostgreSQL, each on accounts of its own.
struct LedgerWork: Sendable {
    let database: Database
    let isSQLite: Bool
    private let ids = SystemIdentifierSource()

    init(database: Database, isSQLite: Bool) {
        self.database = database
        self.isSQLite = isSQLite
    }

    private var writers: Int { isSQLite ? 64 : 8 }

    /// Entries through the ledger: two postings, their balances, and an outbox row.
    func product(_ count: Int) async throws -> Double {
        let ledger = Ledger(ids: ids)
        return try await rate(count) { owner in
            let now = SystemWallClock().now()
            let (id, key) = (ids.next(), ids.next().uuidString)
            let wallet = AccountReference(workspaceID: owner, kind: .wallet, currency: .kes)
            let revenue = AccountReference(workspaceID: owner, kind: .revenue, currency: .kes)
            let entry = EntryDraft(
                key: key,
                kind: .callCharge,
                description: "bench",
                postings: [.init(.debit, 235, wallet), .init(.credit, 235, revenue)]
            )
            try await database.write { tx in
                _ = try ledger.post(entry, at: now, in: tx)
                try tx.execute("INSERT INTO bench_outbox (id, body) VALUES ($1, $2)", [id, "{}"])
            }
        }
    }

    /// The same statements with nothing around them but the transaction.
    func bare(_ count: Int) async throws -> Double {
        try await rate(count) { owner in
            let now = SystemWallClock().now()
            let (id, key) = (ids.next(), ids.next().uuidString)
            let accounts = [ids.next(), ids.next()]
            try await database.write { tx in
                try tx.execute(Self.entry, [id, key, "call_charge", "bench", nil as Identifier?, 235, now])
                for (account, (kind, amount)) in zip(accounts, [("revenue", -235), ("wallet", 235)]) {
                    let row = try tx.first(Self.account, [account, owner, kind, "KES", amount])
                    try tx.execute(
                        Self.posting,
                        [
                            id, try row?.get("id", as: Identifier?.self), amount,
                            try row?.get("balance_minor", as: Int64?.self),
                        ]
                    )
                }
                try tx.execute("INSERT INTO bench_outbox (id, body) VALUES ($1, $2)", [id, "{}"])
            }
        }
    }

    private func rate(
        _ count: Int,
        _ work: @escaping @Sendable (Identifier) async throws -> Void
    ) async throws -> Double {
        let start = ContinuousClock.now
        let each = count / writers
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<writers {
                let owner = ids.next()
                group.addTask { for _ in 0..<each { try await work(owner) } }
            }
            try await group.waitForAll()
        }
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        return Double(each * writers) / (Double(seconds) + Double(attoseconds) / 1e18)
    }

    private static let entry = """
        INSERT INTO ledger_entries (id, entry_key, kind, description, reference_id, amount_minor, occurred_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (entry_key) DO NOTHING
        """
    private static let account = """
        INSERT INTO ledger_accounts (id, workspace_id, kind, currency, balance_minor) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (workspace_id, kind, currency)
        DO UPDATE SET balance_minor = ledger_accounts.balance_minor + excluded.balance_minor RETURNING id, balance_minor
        """
    private static let posting = """
        INSERT INTO ledger_postings (entry_id, account_id, amount_minor, balance_after_minor) VALUES ($1, $2, $3, $4)
        """
}
