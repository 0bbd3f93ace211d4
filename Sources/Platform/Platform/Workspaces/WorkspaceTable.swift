import Database
import Ledger
import Primitives

/// All SQL of workspaces.
enum WorkspaceTable {
    static let migration = Migration(number: 200, name: "workspaces") { dialect in
        [
            """
            CREATE TABLE workspaces (
                id \(dialect.bytes) PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL,
                slug TEXT NOT NULL UNIQUE, country TEXT NOT NULL, currency TEXT NOT NULL,
                mpesa_account_ref TEXT NOT NULL UNIQUE, status TEXT NOT NULL, low_balance_threshold_minor BIGINT NOT NULL,
                created_at BIGINT NOT NULL)
            """
        ]
    }

    /// Adds a workspace; false when its slug or its reference is another's.
    static func insert(_ workspace: Workspace, in tx: SQLTransaction) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO workspaces (id, name, email, slug, country, currency, mpesa_account_ref, status,
                low_balance_threshold_minor, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING
            """,
            [
                workspace.id, workspace.name, workspace.email, workspace.slug, workspace.country,
                workspace.currency.code, workspace.mpesaAccountReference, workspace.status.rawValue,
                workspace.lowBalanceThresholdMinor, workspace.createdAt,
            ]
        ) == 1
    }

    static func require(_ id: Identifier, in tx: SQLTransaction) throws -> Workspace {
        guard let row = try tx.first("SELECT * FROM workspaces WHERE id = $1", [id]) else {
            throw PlatformError(.workspaceNotFound, "There is no workspace \(id).")
        }
        return try workspace(row)
    }

    /// The workspace, if it may act.
    static func requireActive(_ id: Identifier, in tx: SQLTransaction) throws -> Workspace {
        let workspace = try require(id, in: tx)
        guard workspace.status == .active else {
            throw PlatformError(
                .workspaceSuspended,
                "This workspace is suspended: it can read but not act. Contact support."
            )
        }
        return workspace
    }

    static func setStatus(_ status: WorkspaceStatus, of id: Identifier, in tx: SQLTransaction) throws -> Bool {
        try tx.execute("UPDATE workspaces SET status = $1 WHERE id = $2", [status.rawValue, id]) == 1
    }

    static func workspace(_ row: Row) throws -> Workspace {
        guard let currency = Currency(try row.get("currency")),
            let status = WorkspaceStatus(rawValue: try row.get("status"))
        else { throw DatabaseError.decoding("workspaces: currency or status") }
        return Workspace(
            id: try row.get("id"),
            name: try row.get("name"),
            email: try row.get("email"),
            slug: try row.get("slug"),
            country: try row.get("country"),
            currency: currency,
            mpesaAccountReference: try row.get("mpesa_account_ref"),
            status: status,
            lowBalanceThresholdMinor: try row.get("low_balance_threshold_minor"),
            createdAt: try row.get("created_at")
        )
    }
}
