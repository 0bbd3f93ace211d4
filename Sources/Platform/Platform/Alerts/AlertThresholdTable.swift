import Database
import Ledger
import Primitives

/// All SQL of the balances that a workspace wants to be warned below.
enum AlertThresholdTable {
    static let migration = Migration(number: 236, name: "alert thresholds") { dialect in
        [
            """
            CREATE TABLE alert_thresholds (
                workspace_id \(dialect.bytes) NOT NULL REFERENCES workspaces (id), threshold_minor BIGINT NOT NULL,
                PRIMARY KEY (workspace_id, threshold_minor))
            """
        ]
    }

    /// All of a workspace, the highest first.
    static func all(of workspaceID: Identifier, in tx: SQLTransaction) throws -> [Int64] {
        try tx.rows(
            "SELECT threshold_minor FROM alert_thresholds WHERE workspace_id = $1 ORDER BY threshold_minor DESC",
            [workspaceID]
        ).map { try $0.get("threshold_minor") }
    }

    /// Those that a wallet was not below, and now is; the highest first.
    static func crossed(
        of workspaceID: Identifier,
        fallingFrom before: Int64,
        to after: Int64,
        in tx: SQLTransaction
    ) throws -> [Int64] {
        try tx.rows(
            """
            SELECT threshold_minor FROM alert_thresholds
            WHERE workspace_id = $1 AND threshold_minor <= $2 AND threshold_minor > $3 ORDER BY threshold_minor DESC
            """,
            [workspaceID, before, after]
        ).map { try $0.get("threshold_minor") }
    }

    static func replaceAll(of workspaceID: Identifier, with thresholds: [Int64], in tx: SQLTransaction) throws {
        try tx.execute("DELETE FROM alert_thresholds WHERE workspace_id = $1", [workspaceID])
        for minor in thresholds {
            try tx.execute(
                "INSERT INTO alert_thresholds (workspace_id, threshold_minor) VALUES ($1, $2)",
                [workspaceID, minor]
            )
        }
    }
}
