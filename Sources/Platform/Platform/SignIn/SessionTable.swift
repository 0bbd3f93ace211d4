import Database
import Ledger
import Primitives

/// All SQL of sessions.
enum SessionTable {
    static let migration = Migration(number: 206, name: "sessions") { dialect in
        [
            """
            CREATE TABLE sessions (
                id \(dialect.bytes) PRIMARY KEY, secret_hash \(dialect.bytes) NOT NULL UNIQUE,
                user_id \(dialect.bytes) NOT NULL REFERENCES users (id),
                workspace_id \(dialect.bytes) REFERENCES workspaces (id), address TEXT NOT NULL, user_agent TEXT NOT NULL,
                created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, revoked_at BIGINT)
            """,
            "CREATE INDEX sessions_by_user ON sessions (user_id, id)",
        ]
    }

    static func insert(
        id: Identifier,
        secret: Secret,
        userID: Identifier,
        workspaceID: Identifier?,
        client: SignInClient,
        at now: Timestamp,
        expiresAt: Timestamp,
        in tx: SQLTransaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO sessions (id, secret_hash, user_id, workspace_id, address, user_agent, created_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            [id, secret.hash, userID, workspaceID, client.address, client.userAgent, now, expiresAt]
        )
    }

    /// The session with what its person may do in the workspace that is active in it.
    static func find(hash: [UInt8], in tx: SQLTransaction) throws -> StoredSession? {
        let row = try tx.first(
            """
            SELECT s.id, s.user_id, s.expires_at, s.revoked_at, u.email, u.name, u.created_at AS user_created_at,
                m.role, w.id AS workspace_id, w.status
            FROM sessions s JOIN users u ON u.id = s.user_id
            LEFT JOIN memberships m ON m.workspace_id = s.workspace_id AND m.user_id = s.user_id
            LEFT JOIN workspaces w ON w.id = m.workspace_id
            WHERE s.secret_hash = $1
            """,
            [hash]
        )
        return try row.map(session)
    }

    static func setWorkspace(_ workspaceID: Identifier, of id: Identifier, in tx: SQLTransaction) throws {
        try tx.execute("UPDATE sessions SET workspace_id = $1 WHERE id = $2", [workspaceID, id])
    }

    /// The workspace that was active in a person's last session.
    static func lastWorkspace(of userID: Identifier, in tx: SQLTransaction) throws -> Identifier? {
        try tx.first(
            """
            SELECT workspace_id FROM sessions WHERE user_id = $1 AND workspace_id IS NOT NULL ORDER BY id DESC LIMIT 1
            """,
            [userID]
        )?.get("workspace_id")
    }

    static func revoke(hash: [UInt8], at now: Timestamp, in tx: SQLTransaction) throws {
        try tx.execute(
            "UPDATE sessions SET revoked_at = $1 WHERE secret_hash = $2 AND revoked_at IS NULL",
            [now, hash]
        )
    }

    static func revoke(_ id: Identifier, at now: Timestamp, in tx: SQLTransaction) throws {
        try tx.execute("UPDATE sessions SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL", [now, id])
    }

    static func revokeAll(of userID: Identifier, at now: Timestamp, in tx: SQLTransaction) throws {
        try tx.execute("UPDATE sessions SET revoked_at = $1 WHERE user_id = $2 AND revoked_at IS NULL", [now, userID])
    }

    static func purge(before moment: Timestamp, in tx: SQLTransaction) throws -> Int {
        try tx.execute("DELETE FROM sessions WHERE expires_at < $1", [moment])
    }

    private static func session(_ row: Row) throws -> StoredSession {
        let (id, userID): (Identifier, Identifier) = (try row.get("id"), try row.get("user_id"))
        let user = User(
            id: userID,
            email: try row.get("email"),
            name: try row.get("name"),
            createdAt: try row.get("user_created_at")
        )
        return StoredSession(
            session: Session(id: id, user: user, principal: try principal(row, sessionID: id, userID: userID)),
            expiresAt: try row.get("expires_at"),
            revokedAt: try row.get("revoked_at")
        )
    }

    private static func principal(_ row: Row, sessionID: Identifier, userID: Identifier) throws -> Principal? {
        guard let workspaceID: Identifier = try row.get("workspace_id", as: Identifier?.self),
            let role = try row.get("role", as: String?.self).flatMap(Role.init)
        else { return nil }
        return Principal(
            workspaceID: workspaceID,
            actor: .session(sessionID, userID: userID, role: role),
            scopes: role.scopes,
            workspaceStatus: WorkspaceStatus(rawValue: try row.get("status")) ?? .suspended
        )
    }
}
