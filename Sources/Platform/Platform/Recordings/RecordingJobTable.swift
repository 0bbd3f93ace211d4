import Database
import Ledger
import Primitives

/// All SQL of recordings that are complete and not stored yet. A row goes when its recording is stored, in the transaction
/// that makes the recording known; the row of one that failed stays, and says so.
enum RecordingJobTable {
    static let migration = Migration(number: 660, name: "recordings to store") { dialect in
        [
            """
            CREATE TABLE recording_jobs (
                id \(dialect.bytes) PRIMARY KEY, call_id \(dialect.bytes) NOT NULL REFERENCES calls (id),
                source TEXT NOT NULL, workspace_id \(dialect.bytes) NOT NULL, file TEXT NOT NULL, duration_ms BIGINT NOT NULL,
                size_bytes BIGINT NOT NULL, spool_id \(dialect.bytes) NOT NULL, spooled TEXT NOT NULL,
                attempts BIGINT NOT NULL, due_at BIGINT NOT NULL, error TEXT, failed_at BIGINT, purge_at BIGINT)
            """,
            "CREATE INDEX recording_jobs_by_call ON recording_jobs (call_id)",
            "CREATE INDEX recording_jobs_due ON recording_jobs (spool_id, due_at) WHERE failed_at IS NULL",
            "CREATE INDEX recording_jobs_lost ON recording_jobs (due_at) WHERE failed_at IS NULL",
            "CREATE INDEX recording_jobs_to_purge ON recording_jobs (spool_id, purge_at) WHERE purge_at IS NOT NULL",
            // Recordings and uploads are in one store from now on.
            "UPDATE recordings SET file = 'recordings/' || file",
            "UPDATE audio_uploads SET file = 'uploads/' || file",
        ]
    }

    /// Adds a row; false when the recording has one.
    static func insert(_ job: RecordingJob, dueAt: Timestamp, in tx: SQLTransaction) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO recording_jobs
                (id, call_id, workspace_id, file, duration_ms, size_bytes, spool_id, spooled, attempts, due_at, source,
                channels)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10, $11) ON CONFLICT (id) DO NOTHING
            """,
            [
                job.id, job.callID, job.workspaceID, job.file, job.facts.duration.wholeMilliseconds,
                job.facts.sizeBytes, job.spoolID, job.spooled, dueAt, job.source.rawValue,
                job.facts.channels.rawValue,
            ]
        ) == 1
    }

    /// Takes what is due and can be seen from here: until `leaseEnd` nobody else will.
    static func lease(
        spoolID: Identifier,
        dueBy now: Timestamp,
        until leaseEnd: Timestamp,
        limit: Int,
        in tx: SQLTransaction
    ) throws -> [RecordingJob] {
        try tx.rows(
            """
            UPDATE recording_jobs SET due_at = $1, attempts = attempts + 1
            WHERE id IN (SELECT id FROM recording_jobs WHERE spool_id = $2 AND due_at <= $3 AND failed_at IS NULL
                ORDER BY due_at LIMIT $4\(tx.dialect.skipLocked))
            RETURNING *
            """,
            [leaseEnd, spoolID, now, limit]
        ).map(job)
    }

    static func nextDue(spoolID: Identifier, in tx: SQLTransaction) throws -> Timestamp? {
        try tx.first(
            "SELECT MIN(due_at) AS due_at FROM recording_jobs WHERE spool_id = $1 AND failed_at IS NULL",
            [spoolID]
        )?.get("due_at")
    }

    /// Says when somebody else may try, or it is tried again.
    static func setDue(_ id: Identifier, at dueAt: Timestamp, error: String? = nil, in tx: SQLTransaction) throws {
        try tx.execute(
            "UPDATE recording_jobs SET due_at = $1, error = COALESCE($2, error) WHERE id = $3 AND failed_at IS NULL",
            [dueAt, error, id]
        )
    }

    /// Ends a job that is done; false when somebody has ended it.
    static func remove(_ id: Identifier, in tx: SQLTransaction) throws -> Bool {
        try tx.execute("DELETE FROM recording_jobs WHERE id = $1 AND failed_at IS NULL", [id]) == 1
    }

    /// Ends a job for good; false when somebody has ended it.
    static func fail(
        _ id: Identifier,
        error: String,
        at now: Timestamp,
        purgeAt: Timestamp,
        in tx: SQLTransaction
    ) throws -> Bool {
        try tx.execute(
            "UPDATE recording_jobs SET failed_at = $1, error = $2, purge_at = $3 WHERE id = $4 AND failed_at IS NULL",
            [now, error, purgeAt, id]
        ) == 1
    }

    /// Jobs that nobody has come to take for long.
    static func lost(dueBefore moment: Timestamp, limit: Int, in tx: SQLTransaction) throws -> [RecordingJob] {
        try tx.rows(
            "SELECT * FROM recording_jobs WHERE due_at < $1 AND failed_at IS NULL ORDER BY due_at LIMIT $2",
            [moment, limit]
        ).map(job)
    }

    /// Whether all recordings of a call have failed, or one is waited for; nil when there is no row.
    static func hasFailed(callID: Identifier, in tx: SQLTransaction) throws -> Bool? {
        let failures = try tx.rows("SELECT failed_at FROM recording_jobs WHERE call_id = $1", [callID]).map {
            try $0.get("failed_at", as: Timestamp?.self) != nil
        }
        return failures.isEmpty ? nil : failures.allSatisfy { $0 }
    }

    /// Whether there is a row.
    static func has(_ id: Identifier, in tx: SQLTransaction) throws -> Bool {
        try tx.first("SELECT id FROM recording_jobs WHERE id = $1", [id]) != nil
    }

    /// Failed jobs whose files have been kept for long enough.
    static let purges = PurgeQueue(table: "recording_jobs", file: "spooled")

    private static func job(_ row: Row) throws -> RecordingJob {
        guard let source = RecordingSource(rawValue: try row.get("source")),
            let channels = RecordingChannels(rawValue: try row.get("channels"))
        else { throw DatabaseError.decoding("recording_jobs: source or channels") }
        return RecordingJob(
            id: try row.get("id"),
            callID: try row.get("call_id"),
            workspaceID: try row.get("workspace_id"),
            source: source,
            file: try row.get("file"),
            facts: RecordingFacts(
                duration: .milliseconds(try row.get("duration_ms", as: Int64.self)),
                sizeBytes: try row.get("size_bytes"),
                channels: channels
            ),
            spoolID: try row.get("spool_id"),
            spooled: try row.get("spooled"),
            attempt: Int(try row.get("attempts", as: Int64.self))
        )
    }
}
