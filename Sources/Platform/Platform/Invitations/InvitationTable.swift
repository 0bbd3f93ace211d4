import Database
import Ledger
import Primitives

/// All SQL of invitations.
enum InvitationTable {
    static let migration = Migration(number: 209, name: "invitations") { dialect in
        [
            """
            CREATE TABLE invitations (
                id \(dialect.bytes) PRIMARY KEY, workspace_id \(dialect.bytes) NOT NULL REFERENCES workspaces (id),
                email TEXT NOT NULL, role TEXT NOT NULL, token_hash \(dialect.bytes) NOT NULL UNIQUE,
                created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, accepted_at BIGINT, revoked_at BIGINT)
            """,
            "CREATE INDEX invitations_by_workspace ON invitations (workspace_id, id)",
        ]
    }

    static func insert(_ invitation: Invitation, token: Secret, in tx: SQLTransaction) throws {
        try tx.execute(
            """
            INSERT INTO invitations (id, workspace_id, email, role, token_hash, created_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            [
                invitation.id, invitation.workspaceID, invitation.email, invitation.role.rawValue, token.hash,
                invitation.createdAt, invitation.expiresAt,
            ]
        )
    }

    /// The pending ones of a workspace, oldest first, at most 1,000.
    static func pending(of workspaceID: Identifier, at now: Timestamp, in tx: SQLTransaction) throws -> [Invitation] {
        try tx.rows(
            """
            SELECT * FROM invitations WHERE workspace_id = $1 AND accepted_at IS NULL AND revoked_at IS NULL
                AND expires_at > $2
            ORDER BY id LIMIT 1000
            """,
            [workspaceID, now]
        ).map(invitation)
    }

    static func find(_ id: Identifier, of workspaceID: Identifier, in tx: SQLTransaction) throws -> Invitation? {
        try tx.first("SELECT * FROM invitations WHERE id = $1 AND workspace_id = $2", [id, workspaceID])
            .map(invitation)
    }

    static func find(hash: [UInt8], in tx: SQLTransaction) throws -> Invitation? {
        try tx.first("SELECT * FROM invitations WHERE token_hash = $1", [hash]).map(invitation)
    }

    /// Gives an invitation a new token and a new end.
    static func renew(_ id: Identifier, token: Secret, expiresAt: Timestamp, in tx: SQLTransaction) throws {
        try tx.execute(
            "UPDATE invitations SET token_hash = $1, expires_at = $2 WHERE id = $3",
            [token.hash, expiresAt, id]
        )
    }

    /// Uses an invitation up; false when it was accepted before.
    static func accept(_ id: Identifier, at now: Timestamp, in tx: SQLTransaction) throws -> Bool {
        try tx.execute("UPDATE invitations SET accepted_at = $1 WHERE id = $2 AND accepted_at IS NULL", [now, id]) == 1
    }

    static func revoke(_ id: Identifier, at now: Timestamp, in tx: SQLTransaction) throws {
        try tx.execute("UPDATE invitations SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL", [now, id])
    }

    private static func invitation(_ row: Row) throws -> Invitation {
        guard let role = Role(rawValue: try row.get("role")) else { throw DatabaseError.decoding("invitations: role") }
        return Invitation(
            id: try row.get("id"),
            workspaceID: try row.get("workspace_id"),
            email: try row.get("email"),
            role: role,
            createdAt: try row.get("created_at"),
            expiresAt: try row.get("expires_at"),
            acceptedAt: try row.get("accepted_at"),
            revokedAt: try row.get("revoked_at")
        )
    }
}
