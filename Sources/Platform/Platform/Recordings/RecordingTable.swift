import Database
import Ledger
import Primitives

/// All SQL of recordings.
enum RecordingTable {
    static let migration = Migration(number: 250, name: "recordings") { dialect in
        [
            """
            CREATE TABLE recordings (
                id \(dialect.bytes) PRIMARY KEY, call_id \(dialect.bytes) NOT NULL UNIQUE REFERENCES calls (id),
                workspace_id \(dialect.bytes) NOT NULL, file TEXT NOT NULL, duration_ms BIGINT NOT NULL,
                size_bytes BIGINT NOT NULL, created_at BIGINT NOT NULL)
            """
        ]
    }

    /// A call may have several, each for its own reason. SQLite cannot take a constraint away, but make the table anew.
    static let severalMigration = Migration(number: 653, name: "several recordings of a call") { dialect in
        let columns =
            "id, call_id, workspace_id, file, duration_ms, size_bytes, created_at, removed_at, purge_at, source"
        let rebuilt = """
            CREATE TABLE recordings_anew (
                id \(dialect.bytes) PRIMARY KEY, call_id \(dialect.bytes) NOT NULL REFERENCES calls (id),
                workspace_id \(dialect.bytes) NOT NULL, file TEXT NOT NULL, duration_ms BIGINT NOT NULL,
                size_bytes BIGINT NOT NULL, created_at BIGINT NOT NULL, removed_at BIGINT, purge_at BIGINT,
                source TEXT NOT NULL)
            """
        return [
            "ALTER TABLE recordings ADD COLUMN source TEXT NOT NULL DEFAULT 'call'", rebuilt,
            "INSERT INTO recordings_anew (\(columns)) SELECT \(columns) FROM recordings", "DROP TABLE recordings",
            "ALTER TABLE recordings_anew RENAME TO recordings",
            "CREATE INDEX recordings_by_call ON recordings (call_id, id)",
            "CREATE INDEX recordings_by_age ON recordings (workspace_id, created_at) WHERE removed_at IS NULL",
            "CREATE INDEX recordings_to_purge ON recordings (purge_at) WHERE purge_at IS NOT NULL",
            "CREATE INDEX recordings_waiting ON recordings (workspace_id, purge_at) WHERE purge_at IS NOT NULL",
        ]
    }

    /// What was recorded before has one channel.
    static let channelsMigration = Migration(number: 663, name: "channels of recordings") { _ in
        [
            "ALTER TABLE recordings ADD COLUMN channels TEXT NOT NULL DEFAULT 'mono'",
            "ALTER TABLE recording_jobs ADD COLUMN channels TEXT NOT NULL DEFAULT 'mono'",
            "ALTER TABLE calls ADD COLUMN recording_channels TEXT NOT NULL DEFAULT 'mono'",
        ]
    }

    static func insert(_ recording: Recording, in tx: SQLTransaction) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO recordings (id, call_id, workspace_id, file, duration_ms, size_bytes, created_at, source,
                channels)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING
            """,
            [
                recording.id, recording.callID, recording.workspaceID, recording.file,
                recording.duration.wholeMilliseconds, recording.sizeBytes, recording.createdAt,
                recording.source.rawValue, recording.channels.rawValue,
            ]
        ) == 1
    }

    /// The one that is meant when a call's recording is asked for: that of all of it, or else the newest.
    static func find(callID: Identifier, in tx: SQLTransaction) throws -> Recording? {
        let all = try all(of: callID, in: tx)
        return all.first { $0.source == .call } ?? all.last
    }

    /// All of a call, oldest first; those that were taken away too.
    static func all(of callID: Identifier, in tx: SQLTransaction) throws -> [Recording] {
        try tx.rows("SELECT * FROM recordings WHERE call_id = $1 ORDER BY id", [callID]).map(recording)
    }

    static func find(_ id: Identifier, in tx: SQLTransaction) throws -> Recording? {
        try tx.first("SELECT * FROM recordings WHERE id = $1", [id]).map(recording)
    }

    /// Takes a recording away; false when it was before. Its files remain to be deleted.
    ///
    /// - Parameter purgeAt: when that is due, in the server's time.
    static func remove(_ id: Identifier, at now: Timestamp, purgeAt: Timestamp, in tx: SQLTransaction) throws -> Bool {
        try tx.execute(
            "UPDATE recordings SET removed_at = $1, purge_at = $3 WHERE id = $2 AND removed_at IS NULL",
            [now, id, purgeAt]
        ) == 1
    }

    /// Takes a workspace's oldest recordings away, and returns how many bytes each had.
    static func expire(
        of workspaceID: Identifier,
        storedBy moment: Timestamp,
        limit: Int,
        at now: Timestamp,
        purgeAt: Timestamp,
        in tx: SQLTransaction
    ) throws -> [Int64] {
        try tx.rows(
            """
            UPDATE recordings SET removed_at = $1, purge_at = $5
            WHERE id IN (SELECT id FROM recordings
                WHERE workspace_id = $2 AND removed_at IS NULL AND created_at <= $3 ORDER BY created_at LIMIT $4)
            RETURNING size_bytes
            """,
            [now, workspaceID, moment, limit, purgeAt]
        ).map { try $0.get("size_bytes") }
    }

    static let purges = PurgeQueue(table: "recordings", file: "file")

    private static func recording(_ row: Row) throws -> Recording {
        guard let source = RecordingSource(rawValue: try row.get("source")),
            let channels = RecordingChannels(rawValue: try row.get("channels"))
        else { throw DatabaseError.decoding("recordings: source or channels") }
        return Recording(
            id: try row.get("id"),
            callID: try row.get("call_id"),
            workspaceID: try row.get("workspace_id"),
            source: source,
            file: try row.get("file"),
            duration: .milliseconds(try row.get("duration_ms", as: Int64.self)),
            sizeBytes: try row.get("size_bytes"),
            channels: channels,
            createdAt: try row.get("created_at"),
            removedAt: try row.get("removed_at")
        )
    }
}
