import Primitives

/// The statements of a ledger entry with nothing around them but the engine's own interface.
protocol BareEngine: Sendable {
    /// Transactions a second, each on the next of the owners' accounts.
    func rate(_ count: Int, _ owners: [Identifier]) async throws -> Double
}

/// The statements, which are the ledger's.
enum BareStatements {
    static let entry = """
        INSERT INTO ledger_entries (id, entry_key, kind, description, reference_id, amount_minor, occurred_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (entry_key) DO NOTHING RETURNING id
        """
    static let accounts = """
        INSERT INTO ledger_accounts (id, workspace_id, kind, currency, balance_minor, last_entry_id)
        VALUES ($1, $2, $3, $4, $5, $6), ($7, $8, $9, $10, $11, $12)
        ON CONFLICT (workspace_id, kind, currency)
        DO UPDATE SET balance_minor = ledger_accounts.balance_minor + excluded.balance_minor,
            last_entry_id = CASE WHEN ledger_accounts.last_entry_id > excluded.last_entry_id
                THEN ledger_accounts.last_entry_id ELSE excluded.last_entry_id END
        RETURNING id, balance_minor, last_entry_id, workspace_id, kind, currency
        """
    static let postings = """
        INSERT INTO ledger_postings (entry_id, account_id, amount_minor, balance_after_minor)
        VALUES ($1, $2, $3, $4), ($5, $6, $7, $8)
        """
    static let outbox = "INSERT INTO bench_outbox (id, body) VALUES ($1, $2)"

    /// Both accounts of an entry and what moves on them.
    static let movements: [(kind: String, amount: Int64)] = [("revenue", -235), ("wallet", 235)]

    static func seconds(since start: ContinuousClock.Instant) -> Double {
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}
