import Database
import Ledger
import Primitives

/// All SQL of SIP credentials.
enum SIPCredentialTable {
    static let migration = Migration(number: 211, name: "sip credentials") { dialect in
        [
            """
            CREATE TABLE sip_credentials (
                id \(dialect.bytes) PRIMARY KEY, number_id \(dialect.bytes) NOT NULL REFERENCES numbers (id),
                workspace_id \(dialect.bytes) NOT NULL REFERENCES workspaces (id), label TEXT NOT NULL,
                username TEXT NOT NULL UNIQUE, sealed_digest \(dialect.bytes) NOT NULL, created_at BIGINT NOT NULL,
                rotated_at BIGINT, revoked_at BIGINT)
            """,
            "CREATE INDEX sip_credentials_by_number ON sip_credentials (number_id, id)",
        ]
    }

    static func insert(_ credential: SIPCredential, sealedDigest: [UInt8], in tx: SQLTransaction) throws {
        try tx.execute(
            """
            INSERT INTO sip_credentials (id, number_id, workspace_id, label, username, sealed_digest, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            [
                credential.id, credential.numberID, credential.workspaceID, credential.label, credential.username,
                sealedDigest, credential.createdAt,
            ]
        )
    }

    /// A number's credentials that are not revoked, oldest first.
    static func all(of numberID: Identifier, in tx: SQLTransaction) throws -> [SIPCredential] {
        try tx.rows(
            "SELECT * FROM sip_credentials WHERE number_id = $1 AND revoked_at IS NULL ORDER BY id LIMIT 1000",
            [numberID]
        ).map(credential)
    }

    static func find(_ id: Identifier, of numberID: Identifier, in tx: SQLTransaction) throws -> SIPCredential? {
        try tx.first("SELECT * FROM sip_credentials WHERE id = $1 AND number_id = $2", [id, numberID])
            .map(credential)
    }

    /// The credential that a device names, if it works, with its sealed digest.
    static func find(
        username: String,
        in tx: SQLTransaction
    ) throws -> (credential: SIPCredential, sealedDigest: [UInt8])? {
        try tx.first("SELECT * FROM sip_credentials WHERE username = $1 AND revoked_at IS NULL", [username])
            .map { (try credential($0), try $0.get("sealed_digest")) }
    }

    /// Lets those who register with a credential take turns; false when it does not work any more.
    static func hold(_ id: Identifier, in tx: SQLTransaction) throws -> Bool {
        try tx.first(
            "SELECT id FROM sip_credentials WHERE id = $1 AND revoked_at IS NULL\(tx.dialect.forNoKeyUpdate)",
            [id]
        ) != nil
    }

    static func setDigest(_ sealed: [UInt8], of id: Identifier, at now: Timestamp, in tx: SQLTransaction) throws {
        try tx.execute(
            "UPDATE sip_credentials SET sealed_digest = $1, rotated_at = $2 WHERE id = $3",
            [sealed, now, id]
        )
    }

    /// Revokes one; false when it was before.
    static func revoke(_ id: Identifier, at now: Timestamp, in tx: SQLTransaction) throws -> Bool {
        try tx.execute("UPDATE sip_credentials SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL", [now, id])
            == 1
    }

    static func revokeAll(of numberID: Identifier, at now: Timestamp, in tx: SQLTransaction) throws {
        try tx.execute(
            "UPDATE sip_credentials SET revoked_at = $1 WHERE number_id = $2 AND revoked_at IS NULL",
            [now, numberID]
        )
    }

    private static func credential(_ row: Row) throws -> SIPCredential {
        SIPCredential(
            id: try row.get("id"),
            numberID: try row.get("number_id"),
            workspaceID: try row.get("workspace_id"),
            label: try row.get("label"),
            username: try row.get("username"),
            createdAt: try row.get("created_at"),
            rotatedAt: try row.get("rotated_at"),
            revokedAt: try row.get("revoked_at")
        )
    }
}
