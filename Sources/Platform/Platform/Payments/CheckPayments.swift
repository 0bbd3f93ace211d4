package import Database
import Ledger
import Primitives

/// Proves that every payment is in the ledger, once and in full, and that the wallets hold what was received less what was charged.
package enum CheckPayments {
    /// All that is off, for people; at most 1,000 of each kind, empty when the books are right. Run it in one read.
    ///
    /// - Throws: `DatabaseError`.
    package static func differences(in tx: SQLTransaction) throws -> [String] {
        try missing(in: tx) + unfounded(in: tx) + unpaid(in: tx) + holds(in: tx) + equation(in: tx)
    }

    private static func missing(in tx: SQLTransaction) throws -> [String] {
        try tx.rows(
            """
            SELECT p.receipt, p.status FROM payments p LEFT JOIN ledger_entries e
                ON e.reference_id = CASE WHEN p.status = 'credited' THEN p.credited_as ELSE p.id END
                    AND e.kind = CASE WHEN p.status = 'credited' THEN 'topup' ELSE 'suspense' END
                    AND e.amount_minor = p.amount_minor
            WHERE e.id IS NULL LIMIT 1000
            """
        ).map { row in
            "payment \(try row.get("receipt", as: String?.self) ?? "without a receipt") is not in the ledger as it was made"
        }
    }

    private static func unfounded(in tx: SQLTransaction) throws -> [String] {
        try tx.rows(
            """
            SELECT e.entry_key FROM ledger_entries e
            WHERE e.kind = 'topup' AND e.entry_key LIKE 'payment:%'
                AND NOT EXISTS (SELECT 1 FROM payments p WHERE p.credited_as = e.reference_id AND p.status = 'credited')
            LIMIT 1000
            """
        ).map { "entry \(try $0.get("entry_key", as: String.self)) credits a payment that there is not" }
    }

    private static func unpaid(in tx: SQLTransaction) throws -> [String] {
        try tx.rows(
            """
            SELECT t.id FROM topups t WHERE t.status = 'confirmed' AND t.merged_into IS NULL
                AND NOT EXISTS (SELECT 1 FROM payments p WHERE p.topup_id = t.id AND p.status = 'credited')
            LIMIT 1000
            """
        ).map { "top-up \(try $0.get("id", as: Identifier.self)) is confirmed, and no payment is credited for it" }
    }

    /// What is set aside = what live calls have set aside, for each workspace.
    private static func holds(in tx: SQLTransaction) throws -> [String] {
        try tx.rows(
            """
            SELECT a.workspace_id, -a.balance_minor AS held, CAST(COALESCE((SELECT SUM(c.max_cost_minor) FROM calls c
                WHERE c.workspace_id = a.workspace_id AND c.ended_at IS NULL), 0) AS BIGINT) AS wanted
            FROM ledger_accounts a WHERE a.kind = 'held' AND -a.balance_minor <> COALESCE((SELECT SUM(c.max_cost_minor)
                FROM calls c WHERE c.workspace_id = a.workspace_id AND c.ended_at IS NULL), 0)
            LIMIT 1000
            """
        ).map { row in
            let workspace: Identifier = try row.get("workspace_id")
            let (held, wanted): (Int64, Int64) = (try row.get("held"), try row.get("wanted"))
            return "workspace \(workspace) has \(held) set aside, but its live calls are capped at \(wanted)"
        }
    }

    /// Wallets, holds and suspense = receipts and operator's credits - revenue - tax; debits are positive in the books.
    private static func equation(in tx: SQLTransaction) throws -> [String] {
        let rows = try tx.rows(
            "SELECT kind, CAST(SUM(balance_minor) AS BIGINT) AS total FROM ledger_accounts GROUP BY kind"
        )
        var totals: [AccountKind: Int64] = [:]
        for row in rows {
            guard let kind = AccountKind(rawValue: try row.get("kind")) else { continue }
            totals[kind] = try row.get("total", as: Int64.self) * (kind.normalSide == .debit ? 1 : -1)
        }
        func sum(_ kinds: AccountKind...) -> Int64 { kinds.reduce(0) { $0 + (totals[$1] ?? 0) } }
        let (held, owed) = (sum(.wallet, .held, .suspense), sum(.receipts, .operatorCredit) - sum(.revenue, .tax))
        return held == owed ? [] : ["wallets, holds and suspense hold \(held), but receipts less charges are \(owed)"]
    }
}
