import Database
import Ledger
import Primitives

/// All SQL of announcements: what is said, and how far the workspaces were told.
enum AnnouncementTable {
    static let migration = Migration(number: 225, name: "announcements") { dialect in
        [
            """
            CREATE TABLE announcements (
                id \(dialect.bytes) PRIMARY KEY, subject_id \(dialect.bytes) NOT NULL UNIQUE, title TEXT NOT NULL,
                text TEXT NOT NULL, told_to \(dialect.bytes), last_id \(dialect.bytes), done BIGINT NOT NULL,
                created_at BIGINT NOT NULL)
            """,
            "CREATE INDEX announcements_open ON announcements (id) WHERE done = 0",
        ]
    }

    /// An announcement under way.
    struct Open {
        let id: Identifier
        let text: AnnouncementText
        /// The last workspace that was told; nil before the first.
        let toldTo: Identifier?
        /// The last workspace to tell; nil for all.
        let lastID: Identifier?
    }

    static func insert(
        _ text: AnnouncementText,
        about subjectID: Identifier,
        id: Identifier,
        upTo lastID: Identifier?,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO announcements (id, subject_id, title, text, last_id, done, created_at)
            VALUES ($1, $2, $3, $4, $5, 0, $6)
            """,
            [id, subjectID, text.subject, text.text, lastID, now]
        )
    }

    static func hasOpen(in tx: SQLTransaction) throws -> Bool {
        try tx.first("SELECT id FROM announcements WHERE done = 0 ORDER BY id LIMIT 1") != nil
    }

    /// The oldest that is not done; others leave it alone until the transaction ends.
    static func take(in tx: SQLTransaction) throws -> Open? {
        let row = try tx.first(
            "SELECT * FROM announcements WHERE done = 0 ORDER BY id LIMIT 1\(tx.dialect.skipLocked)"
        )
        return try row.map(open)
    }

    /// The one about a thing, waiting for whoever is at it.
    static func lock(about subjectID: Identifier, in tx: SQLTransaction) throws -> Open? {
        try tx.first("SELECT * FROM announcements WHERE subject_id = $1\(tx.dialect.forUpdate)", [subjectID]).map(open)
    }

    static func advance(
        _ id: Identifier,
        to workspaceID: Identifier?,
        isDone: Bool,
        in tx: SQLTransaction
    ) throws {
        try tx.execute(
            "UPDATE announcements SET told_to = COALESCE($1, told_to), done = $2 WHERE id = $3",
            [workspaceID, isDone, id]
        )
    }

    private static func open(_ row: Row) throws -> Open {
        Open(
            id: try row.get("id"),
            text: AnnouncementText(subject: try row.get("title"), text: try row.get("text")),
            toldTo: try row.get("told_to"),
            lastID: try row.get("last_id")
        )
    }
}
