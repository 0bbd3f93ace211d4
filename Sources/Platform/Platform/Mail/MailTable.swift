import Database
import Ledger
import Primitives

/// All SQL of mails. What they say is sealed, since it holds links to sign in, and forgotten once it is sent.
enum MailTable {
    static let migration = Migration(number: 208, name: "mails") { dialect in
        [
            """
            CREATE TABLE mails (
                id \(dialect.bytes) PRIMARY KEY, recipient TEXT NOT NULL, subject TEXT NOT NULL, sealed_text \(dialect.bytes),
                state TEXT NOT NULL, attempts BIGINT NOT NULL, due_at BIGINT NOT NULL, expires_at BIGINT, error TEXT,
                created_at BIGINT NOT NULL)
            """,
            "CREATE INDEX mails_due ON mails (due_at) WHERE state = 'pending'",
            "CREATE INDEX mails_by_age ON mails (created_at)",
        ]
    }

    /// A link that ends a kind of mail, sealed like what the mail says.
    static let unsubscribeMigration = Migration(number: 238, name: "mail unsubscribe links") { dialect in
        ["ALTER TABLE mails ADD COLUMN sealed_unsubscribe_url \(dialect.bytes)"]
    }

    static func insert(
        id: Identifier,
        recipient: EmailAddress,
        subject: String,
        sealedText: [UInt8],
        sealedUnsubscribeURL: [UInt8]? = nil,
        expiresAt: Timestamp?,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO mails (id, recipient, subject, sealed_text, state, attempts, due_at, expires_at, created_at,
                sealed_unsubscribe_url)
            VALUES ($1, $2, $3, $4, 'pending', 0, $5, $6, $5, $7)
            """,
            [id, recipient.text, subject, sealedText, now, expiresAt, sealedUnsubscribeURL]
        )
    }

    /// Takes what is due: until `leaseEnd` nobody else will.
    static func lease(dueBefore now: Timestamp, leaseEnd: Timestamp, limit: Int, in tx: SQLTransaction) throws -> [Row]
    {
        try tx.rows(
            """
            UPDATE mails SET due_at = $1, attempts = attempts + 1
            WHERE id IN (SELECT id FROM mails WHERE state = 'pending' AND due_at <= $2
                ORDER BY due_at LIMIT $3\(tx.dialect.skipLocked))
            RETURNING id, recipient, subject, sealed_text, sealed_unsubscribe_url, attempts, expires_at, created_at
            """,
            [leaseEnd, now, limit]
        )
    }

    static func nextDue(in tx: SQLTransaction) throws -> Timestamp? {
        try tx.first("SELECT MIN(due_at) AS due_at FROM mails WHERE state = 'pending'")?.get("due_at")
    }

    /// Closes a mail and forgets what it said.
    static func close(_ id: Identifier, as state: MailState, error: String?, in tx: SQLTransaction) throws {
        try tx.execute(
            """
            UPDATE mails SET state = $1, error = $2, sealed_text = NULL, sealed_unsubscribe_url = NULL
            WHERE id = $3 AND state = 'pending'
            """,
            [state.rawValue, error, id]
        )
    }

    static func postpone(_ id: Identifier, to dueAt: Timestamp, error: String, in tx: SQLTransaction) throws {
        try tx.execute(
            "UPDATE mails SET due_at = $1, error = $2 WHERE id = $3 AND state = 'pending'",
            [dueAt, error, id]
        )
    }

    static func purge(before moment: Timestamp, in tx: SQLTransaction) throws -> Int {
        try tx.execute("DELETE FROM mails WHERE created_at < $1 AND state <> 'pending'", [moment])
    }
}
