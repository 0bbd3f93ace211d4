import Database
import Primitives

/// All SQL of the sites whose pages may call.
enum BrowserOriginTable {
    static let migration = Migration(number: 690, name: "origins of browsers") { dialect in
        [
            """
            CREATE TABLE browser_origins (
                workspace_id \(dialect.bytes) NOT NULL REFERENCES workspaces (id), position BIGINT NOT NULL,
                origin TEXT NOT NULL, PRIMARY KEY (workspace_id, position))
            """
        ]
    }

    /// The sites of a workspace, in their order; none when any may.
    static func origins(of workspaceID: Identifier, in tx: SQLTransaction) throws -> [String] {
        try tx.rows(
            "SELECT origin FROM browser_origins WHERE workspace_id = $1 ORDER BY position LIMIT 1000",
            [workspaceID]
        ).map { try $0.get("origin") }
    }

    /// Whether pages of a site may call: of any, when the workspace names none.
    static func allows(_ origin: String?, of workspaceID: Identifier, in tx: SQLTransaction) throws -> Bool {
        let allowed = try origins(of: workspaceID, in: tx)
        return allowed.isEmpty || origin.map { allowed.contains($0.lowercased()) } == true
    }

    static func replace(of workspaceID: Identifier, by origins: [String], in tx: SQLTransaction) throws {
        try tx.execute("DELETE FROM browser_origins WHERE workspace_id = $1", [workspaceID])
        for (index, origin) in origins.enumerated() {
            try tx.execute(
                "INSERT INTO browser_origins (workspace_id, position, origin) VALUES ($1, $2, $3)",
                [workspaceID, Int64(index), origin]
            )
        }
    }
}
