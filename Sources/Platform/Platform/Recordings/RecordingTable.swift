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

    static func insert(_ recording: Recording, in tx: SQLTransaction) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO recordings (id, call_id, workspace_id, file, duration_ms, size_bytes, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (call_id) DO NOTHING
            """,
            [
                recording.id, recording.callID, recording.workspaceID, recording.file,
                recording.duration.wholeMilliseconds, recording.sizeBytes, recording.createdAt,
            ]
        ) == 1
    }

    static func find(callID: Identifier, in tx: SQLTransaction) throws -> Recording? {
        try tx.first("SELECT * FROM recordings WHERE call_id = $1", [callID]).map(recording)
    }

    static func find(_ id: Identifier, in tx: SQLTransaction) throws -> Recording? {
        try tx.first("SELECT * FROM recordings WHERE id = $1", [id]).map(recording)
    }

    private static func recording(_ row: Row) throws -> Recording {
        Recording(
            id: try row.get("id"),
            callID: try row.get("call_id"),
            workspaceID: try row.get("workspace_id"),
            file: try row.get("file"),
            duration: .milliseconds(try row.get("duration_ms", as: Int64.self)),
            sizeBytes: try row.get("size_bytes"),
            createdAt: try row.get("created_at")
        )
    }
}
