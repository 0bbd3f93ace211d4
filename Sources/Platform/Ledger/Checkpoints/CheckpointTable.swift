package import Database
package import Primitives

/// How accounts stood at the ends of months for which a checkpoint was made: the next one goes on from there, and
/// what was signed once is signed the same way again or not at all.
package enum CheckpointTable {
    @Sendable static func statements(_ dialect: Dialect) -> [String] {
        [
            """
            CREATE TABLE ledger_checkpoints (
                account_id \(dialect.bytes) NOT NULL REFERENCES ledger_accounts (id), ends_at BIGINT NOT NULL,
                balance_minor BIGINT NOT NULL, hash \(dialect.bytes) NOT NULL,
                PRIMARY KEY (account_id, ends_at))\(dialect.clustered)
            """
        ]
    }

    /// The latest state that is known of an account at a moment or before it, and its moment; nil when there is none.
    ///
    /// - Throws: `DatabaseError`.
    package static func latest(
        of account: AccountReference,
        upTo moment: Timestamp,
        in tx: SQLTransaction
    ) throws -> (state: CheckpointState, endsAt: Timestamp)? {
        try tx.first(
            """
            SELECT c.ends_at, c.balance_minor, c.hash
            FROM ledger_checkpoints c JOIN ledger_accounts a ON a.id = c.account_id
            WHERE a.workspace_id = $1 AND a.kind = $2 AND a.currency = $3 AND c.ends_at <= $4
            ORDER BY c.ends_at DESC LIMIT 1
            """,
            [account.workspaceID, account.kind.rawValue, account.currency.code, moment]
        ).map { row in
            let state = CheckpointState(hash: try row.get("hash"), balanceMinor: try row.get("balance_minor"))
            return (state, try row.get("ends_at"))
        }
    }

    /// Keeps a state; one that is known already stays, and an account that does not exist has none.
    ///
    /// - Throws: `DatabaseError`.
    package static func insert(
        _ state: CheckpointState,
        of account: AccountReference,
        endsAt: Timestamp,
        in tx: SQLTransaction
    ) throws {
        let row = try tx.first(
            "SELECT id FROM ledger_accounts WHERE workspace_id = $1 AND kind = $2 AND currency = $3",
            [account.workspaceID, account.kind.rawValue, account.currency.code]
        )
        guard let id: Identifier = try row?.get("id") else { return }
        try tx.execute(
            """
            INSERT INTO ledger_checkpoints (account_id, ends_at, balance_minor, hash) VALUES ($1, $2, $3, $4)
            ON CONFLICT (account_id, ends_at) DO NOTHING
            """,
            [id, endsAt, state.balanceMinor, state.hash]
        )
    }
}
