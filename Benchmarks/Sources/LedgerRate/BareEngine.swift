import Primitives

/// The statements of a ledger entry with nothing around them but the engine's own interface.
protocol BareEngine: Sendable {
    /// Transactions a second.
    func rate(_ count: Int) async throws -> Double
}

/// The statements, which are the ledger's.
enum BareStatements {
    static let entry = """
        INSERT INTO ledger_entries (id, entry_key, kind, description, reference_id, amount_minor, occurred_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (entry_key) DO NOTHING
        """
    static let account = """
        INSERT INTO ledger_accounts (id, workspace_id, kind, currency, balance_minor) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (workspace_id, kind, currency)
        DO UPDATE SET balance_minor = ledger_accounts.balance_minor + excluded.balance_minor RETURNING id, balance_minor
        """
    static let postings = """
        INSERT INTO ledger_postings (entry_id, account_id, amount_minor, balance_after_minor)
        VALUES ($1, $2, $3, $4), ($1, $5, $6, $7)
        """
    static let outbox = "INSERT INTO bench_outbox (id, body) VALUES ($1, $2)"

    /// Both accounts of an entry and what moves on them.
    static let movements: [(kind: String, amount: Int64)] = [("revenue", -235), ("wallet", 235)]

    static func seconds(since start: ContinuousClock.Instant) -> Double {
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}
