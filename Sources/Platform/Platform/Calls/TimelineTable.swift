import Database
import Ledger
import Primitives

/// All SQL of calls' timelines.
enum TimelineTable {
    static let migration = Migration(number: 231, name: "call timelines") { dialect in
        [
            """
            CREATE TABLE call_events (
                id \(dialect.bytes) NOT NULL, call_id \(dialect.bytes) NOT NULL REFERENCES calls (id), kind TEXT NOT NULL,
                payload TEXT NOT NULL, occurred_at BIGINT NOT NULL,
                PRIMARY KEY (call_id, occurred_at, id))\(dialect.clustered)
            """
        ]
    }

    /// Entries that are read: of a call that makes more (a caller leaning on a key) the first, and the last, which say how it
    /// ended.
    static let (first, last) = (400, 100)

    /// Adds an entry; one that is there already stays as it is.
    static func append(
        _ kind: String,
        _ payload: JSONValue,
        to callID: Identifier,
        at moment: Timestamp,
        id: Identifier,
        in tx: SQLTransaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO call_events (id, call_id, kind, payload, occurred_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (call_id, occurred_at, id) DO NOTHING
            """,
            [id, callID, kind, payload.text, moment]
        )
    }

    /// Deletes the entries of the oldest calls whose ids are less than `bound`, and returns how many entries those were.
    static func purge(before bound: Identifier, calls: Int, in tx: SQLTransaction) throws -> Int {
        try tx.execute(
            """
            DELETE FROM call_events WHERE call_id IN
                (SELECT DISTINCT call_id FROM call_events WHERE call_id < $1 ORDER BY call_id LIMIT \(calls))
            """,
            [bound]
        )
    }

    static func entries(of callID: Identifier, in tx: SQLTransaction) throws -> [TimelineEntry] {
        let all = try tx.rows(
            "SELECT * FROM call_events WHERE call_id = $1 ORDER BY occurred_at, id LIMIT \(first + last)",
            [callID]
        ).map { try entry($0, of: callID) }
        guard all.count == first + last else { return all }
        let end = try tx.rows(
            "SELECT * FROM call_events WHERE call_id = $1 ORDER BY occurred_at DESC, id DESC LIMIT \(last)",
            [callID]
        ).map { try entry($0, of: callID) }
        return all.prefix(first) + end.reversed()
    }

    private static func entry(_ row: Row, of callID: Identifier) throws -> TimelineEntry {
        TimelineEntry(
            id: try row.get("id"),
            callID: callID,
            kind: try row.get("kind"),
            payload: .printed(try row.get("payload")),
            occurredAt: try row.get("occurred_at")
        )
    }
}
