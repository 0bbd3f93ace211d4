import Database
import Ledger
import Primitives

/// All SQL of uploads. A row with `purge_at` is not there for anybody: its file is being written, or is about to be deleted.
enum UploadTable {
    static let migration = Migration(number: 620, name: "audio uploads") { dialect in
        [
            """
            CREATE TABLE audio_uploads (
                id \(dialect.bytes) PRIMARY KEY, workspace_id \(dialect.bytes) NOT NULL REFERENCES workspaces (id),
                name TEXT NOT NULL, mime_type TEXT NOT NULL, file TEXT NOT NULL, size_bytes BIGINT NOT NULL,
                duration_ms BIGINT NOT NULL, created_at BIGINT NOT NULL, purge_at BIGINT)
            """,
            "CREATE INDEX audio_uploads_by_workspace ON audio_uploads (workspace_id, id)",
            "CREATE INDEX audio_uploads_to_purge ON audio_uploads (purge_at) WHERE purge_at IS NOT NULL",
        ]
    }

    /// A row whose file does not exist yet, and that goes at `purgeAt` unless it is kept before.
    static func insert(_ upload: Upload, purgeAt: Timestamp, in tx: SQLTransaction) throws {
        try tx.execute(
            """
            INSERT INTO audio_uploads
                (id, workspace_id, name, mime_type, file, size_bytes, duration_ms, created_at, purge_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """,
            [
                upload.id, upload.workspaceID, upload.name, upload.mimeType, upload.file, upload.sizeBytes,
                upload.duration.wholeMilliseconds, upload.createdAt, purgeAt,
            ]
        )
    }

    /// Says that the file is there; false when the row was given up meanwhile.
    static func keep(_ id: Identifier, purgeAt: Timestamp, in tx: SQLTransaction) throws -> Bool {
        try tx.execute(
            "UPDATE audio_uploads SET purge_at = NULL WHERE id = $1 AND purge_at = $2",
            [id, purgeAt]
        ) == 1
    }

    static func find(_ id: Identifier, in tx: SQLTransaction) throws -> Upload? {
        try tx.first("SELECT * FROM audio_uploads WHERE id = $1 AND purge_at IS NULL", [id]).map(upload)
    }

    static func find(_ id: Identifier, of workspaceID: Identifier, in tx: SQLTransaction) throws -> Upload? {
        try tx.first(
            "SELECT * FROM audio_uploads WHERE id = $1 AND workspace_id = $2 AND purge_at IS NULL",
            [id, workspaceID]
        ).map(upload)
    }

    /// Newest first.
    static func page(
        of workspaceID: Identifier,
        before cursor: Identifier?,
        limit: Int,
        in tx: SQLTransaction
    ) throws -> [Upload] {
        let condition = cursor == nil ? "" : " AND id < $3"
        let values: [any SQLEncodable] = [workspaceID, limit]
        return try tx.rows(
            """
            SELECT * FROM audio_uploads WHERE workspace_id = $1 AND purge_at IS NULL\(condition)
            ORDER BY id DESC LIMIT $2
            """,
            cursor.map { values + [$0] } ?? values
        ).map(upload)
    }

    /// How many files a workspace has, and of how many bytes together; with those that are being written or deleted.
    static func use(
        of workspaceID: Identifier,
        _ settings: PlatformSettings,
        in tx: SQLTransaction
    ) throws -> UploadUse {
        let row = try tx.first(
            """
            SELECT COUNT(*) AS count, CAST(COALESCE(SUM(size_bytes), 0) AS BIGINT) AS bytes
            FROM audio_uploads WHERE workspace_id = $1
            """,
            [workspaceID]
        )
        return UploadUse(
            files: try row?.get("count") ?? 0,
            bytes: try row?.get("bytes") ?? 0,
            maxFiles: settings.maxUploads,
            maxBytes: settings.maxUploadedBytes
        )
    }

    /// Takes a file away; false when it was before.
    static func remove(_ id: Identifier, purgeAt: Timestamp, in tx: SQLTransaction) throws -> Bool {
        try tx.execute(
            "UPDATE audio_uploads SET purge_at = $2 WHERE id = $1 AND purge_at IS NULL",
            [id, purgeAt]
        ) == 1
    }

    static let purges = PurgeQueue(table: "audio_uploads", file: "file")

    /// Forgets rows whose files are gone.
    static func endPurge(of ids: [Identifier], in tx: SQLTransaction) throws {
        for id in ids { try tx.execute("DELETE FROM audio_uploads WHERE id = $1", [id]) }
    }

    private static func upload(_ row: Row) throws -> Upload {
        Upload(
            id: try row.get("id"),
            workspaceID: try row.get("workspace_id"),
            name: try row.get("name"),
            mimeType: try row.get("mime_type"),
            file: try row.get("file"),
            sizeBytes: try row.get("size_bytes"),
            duration: .milliseconds(try row.get("duration_ms") as Int64),
            createdAt: try row.get("created_at")
        )
    }
}
