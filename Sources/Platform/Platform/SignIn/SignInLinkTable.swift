import Database
import Ledger
import Primitives

/// All SQL of links to sign in.
enum SignInLinkTable {
    static let migration = Migration(number: 207, name: "sign-in links") { dialect in
        [
            """
            CREATE TABLE sign_in_links (
                id \(dialect.bytes) PRIMARY KEY, token_hash \(dialect.bytes) NOT NULL UNIQUE, email TEXT NOT NULL,
                address TEXT NOT NULL, created_at BIGINT NOT NULL, used_at BIGINT)
            """,
            "CREATE INDEX sign_in_links_by_email ON sign_in_links (email, created_at)",
            "CREATE INDEX sign_in_links_by_address ON sign_in_links (address, created_at)",
            "CREATE INDEX sign_in_links_by_age ON sign_in_links (created_at)",
        ]
    }

    static func insert(
        id: Identifier,
        token: Secret,
        email: EmailAddress,
        address: String,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws {
        try tx.execute(
            "INSERT INTO sign_in_links (id, token_hash, email, address, created_at) VALUES ($1, $2, $3, $4, $5)",
            [id, token.hash, email.text, address, now]
        )
    }

    /// Links that were asked for since a moment: for an e-mail address, and from a network address.
    static func counts(
        email: EmailAddress,
        address: String,
        since moment: Timestamp,
        in tx: SQLTransaction
    ) throws -> (email: Int, address: Int) {
        let row = try tx.first(
            """
            SELECT (SELECT COUNT(*) FROM sign_in_links WHERE email = $1 AND created_at > $3) AS by_email,
                (SELECT COUNT(*) FROM sign_in_links WHERE address = $2 AND created_at > $3) AS by_address
            """,
            [email.text, address, moment]
        )
        return (try row?.get("by_email") ?? 0, try row?.get("by_address") ?? 0)
    }

    /// Uses a link up; false when it was used before.
    static func use(_ id: Identifier, at now: Timestamp, in tx: SQLTransaction) throws -> Bool {
        try tx.execute("UPDATE sign_in_links SET used_at = $1 WHERE id = $2 AND used_at IS NULL", [now, id]) == 1
    }

    static func find(
        hash: [UInt8],
        in tx: SQLTransaction
    ) throws -> (id: Identifier, email: String, createdAt: Timestamp)? {
        try tx.first("SELECT id, email, created_at FROM sign_in_links WHERE token_hash = $1", [hash]).map { row in
            (try row.get("id"), try row.get("email"), try row.get("created_at"))
        }
    }

    static func purge(before moment: Timestamp, in tx: SQLTransaction) throws -> Int {
        try tx.execute("DELETE FROM sign_in_links WHERE created_at < $1", [moment])
    }
}
