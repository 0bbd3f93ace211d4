import Database
import Ledger
import Primitives

/// All SQL of the addresses that alerts go to. What was removed stays as a row, so that nobody is asked without end.
enum AlertRecipientTable {
    static let migration = Migration(number: 237, name: "alert recipients") { dialect in
        [
            """
            CREATE TABLE alert_recipients (
                id \(dialect.bytes) PRIMARY KEY, workspace_id \(dialect.bytes) NOT NULL REFERENCES workspaces (id),
                email TEXT NOT NULL, status TEXT NOT NULL, base_url TEXT NOT NULL, token_hash \(dialect.bytes) UNIQUE,
                created_at BIGINT NOT NULL, asked_at BIGINT, asks BIGINT NOT NULL, link_expires_at BIGINT,
                confirmed_at BIGINT, UNIQUE (workspace_id, email))
            """
        ]
    }

    static func insert(_ recipient: AlertRecipient, in tx: SQLTransaction) throws {
        try tx.execute(
            """
            INSERT INTO alert_recipients (id, workspace_id, email, status, base_url, created_at, asks)
            VALUES ($1, $2, $3, $4, $5, $6, 0)
            """,
            [
                recipient.id, recipient.workspaceID, recipient.email, recipient.status.rawValue, recipient.baseURL,
                recipient.createdAt,
            ]
        )
    }

    /// Those on the list, in the order of their coming.
    static func current(of workspaceID: Identifier, in tx: SQLTransaction) throws -> [AlertRecipient] {
        try tx.rows(
            """
            SELECT * FROM alert_recipients WHERE workspace_id = $1 AND status IN ('pending', 'confirmed') ORDER BY id
            """,
            [workspaceID]
        ).map(recipient)
    }

    /// All that were ever on it.
    static func count(of workspaceID: Identifier, in tx: SQLTransaction) throws -> Int64 {
        try tx.first("SELECT COUNT(*) AS total FROM alert_recipients WHERE workspace_id = $1", [workspaceID])?
            .get("total") ?? 0
    }

    static func find(email: String, of workspaceID: Identifier, in tx: SQLTransaction) throws -> AlertRecipient? {
        try tx.first("SELECT * FROM alert_recipients WHERE workspace_id = $1 AND email = $2", [workspaceID, email])
            .map(recipient)
    }

    static func find(_ id: Identifier, in tx: SQLTransaction) throws -> AlertRecipient? {
        try tx.first("SELECT * FROM alert_recipients WHERE id = $1", [id]).map(recipient)
    }

    static func find(hash: [UInt8], in tx: SQLTransaction) throws -> AlertRecipient? {
        try tx.first("SELECT * FROM alert_recipients WHERE token_hash = $1", [hash]).map(recipient)
    }

    /// Asks an address: the link before this one leads nowhere.
    static func ask(
        _ id: Identifier,
        token: Secret,
        baseURL: String,
        at now: Timestamp,
        expiresAt: Timestamp,
        in tx: SQLTransaction
    ) throws {
        try tx.execute(
            """
            UPDATE alert_recipients SET status = 'pending', token_hash = $1, base_url = $2, asked_at = $3,
                link_expires_at = $4, asks = asks + 1, confirmed_at = NULL
            WHERE id = $5
            """,
            [token.hash, baseURL, now, expiresAt, id]
        )
    }

    /// Notes the yes of an address and uses its link up; false when somebody else did.
    static func confirm(_ id: Identifier, at now: Timestamp, in tx: SQLTransaction) throws -> Bool {
        try tx.execute(
            """
            UPDATE alert_recipients SET status = 'confirmed', confirmed_at = $1, asks = 0, token_hash = NULL,
                link_expires_at = NULL
            WHERE id = $2 AND status <> 'confirmed'
            """,
            [now, id]
        ) == 1
    }

    /// Takes an address off the list; false when it was not on it.
    static func end(_ id: Identifier, as status: AlertRecipient.Status, in tx: SQLTransaction) throws -> Bool {
        try tx.execute(
            """
            UPDATE alert_recipients SET status = $1, token_hash = NULL, link_expires_at = NULL
            WHERE id = $2 AND status IN ('pending', 'confirmed')
            """,
            [status.rawValue, id]
        ) == 1
    }

    private static func recipient(_ row: Row) throws -> AlertRecipient {
        guard let status = AlertRecipient.Status(rawValue: try row.get("status")) else {
            throw DatabaseError.decoding("alert_recipients: status")
        }
        return AlertRecipient(
            id: try row.get("id"),
            workspaceID: try row.get("workspace_id"),
            email: try row.get("email"),
            status: status,
            baseURL: try row.get("base_url"),
            createdAt: try row.get("created_at"),
            askedAt: try row.get("asked_at"),
            asks: try row.get("asks"),
            linkExpiresAt: try row.get("link_expires_at"),
            confirmedAt: try row.get("confirmed_at")
        )
    }
}
