import Database
import Ledger
import Primitives

/// Entries through the ledger: 64 writers on SQLite, 8 on PostgreSQL, each on the next of the owners' accounts.
struct LedgerWork: Sendable {
    let database: Database
    let isSQLite: Bool
    let owners: [Identifier]
    private let ids = SystemIdentifierSource()

    init(database: Database, isSQLite: Bool, owners: [Identifier]) {
        self.database = database
        self.isSQLite = isSQLite
        self.owners = owners
    }

    private var writers: Int { Self.writers(isSQLite: isSQLite) }

    static func writers(isSQLite: Bool) -> Int { isSQLite ? 64 : 8 }

    /// Entries a second: two postings, their balances, and an outbox row each.
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
            // As a call is settled: its rows are locked, so the transaction need not be serialisable.
            try await database.write(isolation: .readCommitted) { tx in
                _ = try ledger.post(entry, at: now, in: tx)
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
            for writer in 0..<writers {
                group.addTask {
                    for turn in 0..<each { try await work(owners[(turn * writers + writer) % owners.count]) }
                }
            }
            try await group.waitForAll()
        }
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        return Double(each * writers) / (Double(seconds) + Double(attoseconds) / 1e18)
    }
}
