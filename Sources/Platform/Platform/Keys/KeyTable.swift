import Database
import Ledger
import Primitives

/// All SQL of API keys.
enum KeyTable {
    static let migration = Migration(number: 201, name: "api keys") { dialect in
        [
            """
            CREATE TABLE api_keys (
                id \(dialect.bytes) PRIMARY KEY, workspace_id \(dialect.bytes) NOT NULL REFERENCES workspaces (id),
                name TEXT NOT NULL, display_prefix TEXT NOT NULL, secret_hash \(dialect.bytes) NOT NULL UNIQUE,
                scopes TEXT NOT NULL, created_at BIGINT NOT NULL, expires_at BIGINT, revoked_at BIGINT)
            """,
            "CREATE INDEX api_keys_by_workspace ON api_keys (workspace_id, id)",
        ]
    }

    /// When a key was last used; stored now and then, not with each request.
    static let useMigration = Migration(number: 203, name: "api key use") { _ in
        ["ALTER TABLE api_keys ADD COLUMN last_used_at BIGINT"]
    }

    /// Begins the keys that act on real money and carriers (facts section 1.1).
    static let livePrefix = "tsk_live_"

    static func insert(
        id: Identifier,
        workspaceID: Identifier,
        name: String,
        secret: Secret,
        scopes: Set<Scope>,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO api_keys (id, workspace_id, name, display_prefix, secret_hash, scopes, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            [
                id, workspaceID, name, displayPrefix(secret), secret.hash,
                scopes.map(\.rawValue).sorted().joined(separator: " "), now,
            ]
        )
    }

    static func find(hash: [UInt8], in tx: SQLTransaction) throws -> StoredKey? {
        let row = try tx.first(
            """
            SELECT k.id, k.workspace_id, k.scopes, k.expires_at, k.revoked_at, w.status
            FROM api_keys k JOIN workspaces w ON w.id = k.workspace_id WHERE k.secret_hash = $1
            """,
            [hash]
        )
        guard let row else { return nil }
        let scopes = try row.get("scopes", as: String.self).split(separator: " ").compactMap {
            Scope(rawValue: String($0))
        }
        let principal = Principal(
            workspaceID: try row.get("workspace_id"),
            actor: .key(try row.get("id")),
            scopes: Set(scopes),
            workspaceStatus: WorkspaceStatus(rawValue: try row.get("status")) ?? .suspended
        )
        return StoredKey(
            principal: principal,
            expiresAt: try row.get("expires_at"),
            revokedAt: try row.get("revoked_at")
        )
    }

    /// Enough to tell keys apart in a list, not enough to guess one.
    private static func displayPrefix(_ secret: Secret) -> String { String(secret.text.prefix(13)) }

    /// Notes a use, unless a later one is known.
    static func touch(_ id: Identifier, usedAt moment: Timestamp, in tx: SQLTransaction) throws {
        try tx.execute(
            "UPDATE api_keys SET last_used_at = $1 WHERE id = $2 AND (last_used_at IS NULL OR last_used_at < $1)",
            [moment, id]
        )
    }

    static func revoke(
        _ id: Identifier,
        of workspaceID: Identifier,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws -> Bool {
        try tx.execute(
            "UPDATE api_keys SET revoked_at = $1 WHERE id = $2 AND workspace_id = $3 AND revoked_at IS NULL",
            [now, id, workspaceID]
        ) == 1
    }
}
