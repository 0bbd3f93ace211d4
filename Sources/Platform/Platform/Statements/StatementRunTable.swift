import Database
import Ledger
import Primitives

/// How far the mails about a month's statements have come.
enum StatementRunTable {
    static let migration = Migration(number: 253, name: "statement mails") { dialect in
        [
            """
            CREATE TABLE statement_runs (
                month_start BIGINT PRIMARY KEY, last_workspace_id \(dialect.bytes), done_at BIGINT)
            """
        ]
    }

    static func isDone(_ monthStart: Timestamp, in tx: SQLTransaction) throws -> Bool {
        try tx.first(
            "SELECT 1 AS done FROM statement_runs WHERE month_start = $1 AND done_at IS NOT NULL",
            [monthStart]
        )
            != nil
    }

    /// Takes the run, which nobody else goes on with until the transaction ends: the workspace that it has come to. Nil when it is
    /// done.
    static func take(_ monthStart: Timestamp, in tx: SQLTransaction) throws -> Identifier?? {
        try tx.execute("INSERT INTO statement_runs (month_start) VALUES ($1) ON CONFLICT DO NOTHING", [monthStart])
        let row = try tx.first(
            "SELECT last_workspace_id FROM statement_runs WHERE month_start = $1 AND done_at IS NULL\(tx.dialect.forUpdate)",
            [monthStart]
        )
        guard let row else { return nil }
        return .some(try row.get("last_workspace_id", as: Identifier?.self))
    }

    static func advance(
        _ monthStart: Timestamp,
        to workspaceID: Identifier?,
        doneAt: Timestamp?,
        in tx: SQLTransaction
    ) throws {
        try tx.execute(
            """
            UPDATE statement_runs SET last_workspace_id = COALESCE($1, last_workspace_id), done_at = $2
            WHERE month_start = $3
            """,
            [workspaceID, doneAt, monthStart]
        )
    }
}
