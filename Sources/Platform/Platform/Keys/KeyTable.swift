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
                scopes TEXT NOT NULL, allowed_networks TEXT NOT NULL, created_by \(dialect.bytes), created_at BIGINT NOT NULL,
                expires_at BIGINT, revoked_at BIGINT, last_used_at BIGINT)
            """,
            "CREATE INDEX api_keys_by_workspace ON api_keys (workspace_id, id)",
        ]
    }

    /// Begins the keys that act on real money and carriers (facts section 1.1).
    static let livePrefix = "tsk_live_"
    /// Begins the keys that act in a test twin.
    static let testPrefix = "tsk_test_"
    /// A workspace's keys are its own and those of its test twin.
    private static let ownWorkspaces = "workspace_id IN (SELECT id FROM workspaces WHERE id = $1 OR live_id = $1)"

    /// The most keys of a workspace that are shown.
    private static let mostListed = 1000

    static func insert(
        _ wish: KeyWish,
        id: Identifier,
        workspaceID: Identifier,
        secret: Secret,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO api_keys (id, workspace_id, name, display_prefix, secret_hash, scopes, allowed_networks, created_by,
                created_at, expires_at, limits)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """,
            [
                id, workspaceID, wish.name, displayPrefix(secret), secret.hash,
                wish.scopes.map(\.rawValue).sorted().joined(separator: " "),
                wish.allowedNetworks.map(\.description).joined(separator: " "), wish.createdBy, now, wish.expiresAt,
                wish.limits.stored,
            ]
        )
    }

    /// The key of a secret, with its workspace's status.
    static func find(hash: [UInt8], in tx: SQLTransaction) throws -> StoredKey? {
        let row = try tx.first(
            """
            SELECT k.*, w.status, w.clock_offset_ms FROM api_keys k JOIN workspaces w ON w.id = k.workspace_id WHERE k.secret_hash = $1
            """,
            [hash]
        )
        guard let row else { return nil }
        let status = WorkspaceStatus(rawValue: try row.get("status")) ?? .suspended
        let offset = Duration.milliseconds(try row.get("clock_offset_ms", as: Int64.self))
        return StoredKey(key: try key(row), workspaceStatus: status, clockOffset: offset)
    }

    static func find(_ id: Identifier, of workspaceID: Identifier, in tx: SQLTransaction) throws -> APIKey? {
        try tx.first("SELECT * FROM api_keys WHERE \(ownWorkspaces) AND id = $2", [workspaceID, id]).map(key)
    }

    /// Those that are not revoked first, newest first.
    static func all(of workspaceID: Identifier, in tx: SQLTransaction) throws -> [APIKey] {
        try tx.rows(
            """
            SELECT * FROM api_keys WHERE \(ownWorkspaces)
            ORDER BY CASE WHEN revoked_at IS NULL THEN 0 ELSE 1 END, id DESC LIMIT \(mostListed)
            """,
            [workspaceID]
        ).map(key)
    }

    static func rename(_ id: Identifier, to name: String, in tx: SQLTransaction) throws {
        try tx.execute("UPDATE api_keys SET name = $1 WHERE id = $2", [name, id])
    }

    static func setLimits(_ limits: Limits, of id: Identifier, in tx: SQLTransaction) throws {
        try tx.execute("UPDATE api_keys SET limits = $1 WHERE id = $2", [limits.stored, id])
    }

    /// The limits of a key of any workspace; none for what is no key.
    static func limits(of id: Identifier, in tx: SQLTransaction) throws -> Limits {
        let row = try tx.first("SELECT limits FROM api_keys WHERE id = $1", [id])
        return try Limits(stored: row?.get("limits", as: String?.self) ?? nil)
    }

    static func setExpiry(_ expiresAt: Timestamp, of id: Identifier, in tx: SQLTransaction) throws {
        try tx.execute("UPDATE api_keys SET expires_at = $1 WHERE id = $2", [expiresAt, id])
    }

    /// Enough to tell keys apart in a list, not enough to guess one.
    private static func displayPrefix(_ secret: Secret) -> String { String(secret.text.prefix(13)) }

    /// Found by hash: every cold check reads a dozen.
    private static let scopes = Dictionary(uniqueKeysWithValues: Scope.allCases.map { (Substring($0.rawValue), $0) })

    private static func key(_ row: Row) throws -> APIKey {
        APIKey(
            id: try row.get("id"),
            workspaceID: try row.get("workspace_id"),
            name: try row.get("name"),
            displayPrefix: try row.get("display_prefix"),
            isTest: try row.get("display_prefix", as: String.self).hasPrefix(testPrefix),
            scopes: Set(try words(row, "scopes").compactMap { scopes[$0] }),
            allowedNetworks: try words(row, "allowed_networks").map { text in
                guard let network = IPNetwork(parsing: String(text)) else {
                    throw DatabaseError.decoding("api_keys: network")
                }
                return network
            },
            createdBy: try row.get("created_by"),
            createdAt: try row.get("created_at"),
            expiresAt: try row.get("expires_at"),
            revokedAt: try row.get("revoked_at"),
            lastUsedAt: try row.get("last_used_at"),
            limits: try Limits(stored: row.get("limits"))
        )
    }

    private static func words(_ row: Row, _ column: String) throws -> [Substring] {
        try row.get(column, as: String.self).split(separator: " ")
    }

    /// Notes a use, unless a later one is known.
    static func touch(_ id: Identifier, usedAt moment: Timestamp, in tx: SQLTransaction) throws {
        try tx.execute(
            "UPDATE api_keys SET last_used_at = $1 WHERE id = $2 AND (last_used_at IS NULL OR last_used_at < $1)",
            [moment, id]
        )
    }

    /// Revokes a key; false when it was before.
    static func revoke(_ id: Identifier, at now: Timestamp, in tx: SQLTransaction) throws -> Bool {
        try tx.execute("UPDATE api_keys SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL", [now, id]) == 1
    }
}
