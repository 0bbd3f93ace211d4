import Database
import Foundation
import Ledger
import Primitives

/// All SQL of calls but their list.
enum CallTable {
    static let migration = Migration(number: 230, name: "calls") { dialect in
        [
            """
            CREATE TABLE calls (
                id \(dialect.bytes) PRIMARY KEY, workspace_id \(dialect.bytes) NOT NULL REFERENCES workspaces (id),
                session_id TEXT NOT NULL UNIQUE, from_e164 TEXT NOT NULL, to_e164 TEXT NOT NULL, caller_id TEXT NOT NULL,
                number_id \(dialect.bytes) NOT NULL REFERENCES numbers (id), status TEXT NOT NULL, client_request_id TEXT,
                voice_callback_url TEXT, record BIGINT NOT NULL, actions TEXT NOT NULL, ring_timeout_ms BIGINT NOT NULL,
                rate_per_minute_minor BIGINT NOT NULL, currency TEXT NOT NULL, placed_by \(dialect.bytes),
                created_at BIGINT NOT NULL,
                answered_at BIGINT, ended_at BIGINT, duration_seconds BIGINT NOT NULL, cost_minor BIGINT NOT NULL,
                hangup_cause TEXT, node_id \(dialect.bytes), updated_at BIGINT NOT NULL)
            """,
            "CREATE INDEX calls_by_workspace ON calls (workspace_id, id)",
            "CREATE INDEX calls_live ON calls (workspace_id, id) WHERE ended_at IS NULL",
            "CREATE INDEX calls_live_by_node ON calls (node_id, id) WHERE ended_at IS NULL",
        ]
    }

    static let limitMigration = Migration(number: 232, name: "limits of calls") { _ in
        [
            "ALTER TABLE calls ADD COLUMN max_cost_minor BIGINT", "ALTER TABLE calls ADD COLUMN longest_seconds BIGINT",
            "ALTER TABLE calls ADD COLUMN dial_at BIGINT",
            "CREATE INDEX calls_live_by_placer ON calls (placed_by, id) WHERE ended_at IS NULL",
        ]
    }

    static let directionMigration = Migration(number: 601, name: "inbound calls") { dialect in
        [
            "ALTER TABLE calls ADD COLUMN direction TEXT NOT NULL DEFAULT 'outbound'",
            "ALTER TABLE calls ADD COLUMN parent_id \(dialect.bytes)",
            "CREATE INDEX calls_by_parent ON calls (parent_id, id) WHERE parent_id IS NOT NULL",
        ]
    }

    static func insert(_ call: Call, in tx: SQLTransaction) throws {
        try tx.execute(
            """
            INSERT INTO calls (id, workspace_id, session_id, from_e164, to_e164, caller_id, number_id, status,
                client_request_id, voice_callback_url, record, actions, ring_timeout_ms, rate_per_minute_minor, currency,
                placed_by, created_at, duration_seconds, cost_minor, updated_at, max_cost_minor, longest_seconds, dial_at,
                clock_offset_ms, direction, parent_id, node_id, recording_channels)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 0, 0, $17,
                $18, $19, $20, $21, $22, $23, $24, $25)
            """,
            [
                call.id, call.workspaceID, call.sessionID, call.from, call.to, call.callerID, call.numberID,
                call.status.rawValue, call.clientRequestID, call.voiceCallbackURL, call.record,
                JSONValue.array(call.actions.map(\.json)).text, call.ringTimeout.wholeMilliseconds,
                call.ratePerMinuteMinor, call.currency.code, call.placedBy, call.createdAt, call.maxCostMinor,
                call.longestSeconds, call.dialAt, call.clockOffset.wholeMilliseconds, call.direction.rawValue,
                call.parentID, call.nodeID, call.recordingChannels.rawValue,
            ]
        )
    }

    static func find(_ id: Identifier, in tx: SQLTransaction) throws -> Call? {
        try tx.first("SELECT * FROM calls WHERE id = $1", [id]).map(call)
    }

    static func find(sessionID: String, in tx: SQLTransaction) throws -> Call? {
        try tx.first("SELECT * FROM calls WHERE session_id = $1", [sessionID]).map(call)
    }

    /// The call, locked until the transaction ends.
    static func lock(_ id: Identifier, in tx: SQLTransaction) throws -> Call? {
        try tx.first("SELECT * FROM calls WHERE id = $1\(tx.dialect.forUpdate)", [id]).map(call)
    }

    /// Whether a workspace has `limit` live calls or more; looks at no more rows than that.
    static func hasLiveCalls(_ limit: Int64, of workspaceID: Identifier, in tx: SQLTransaction) throws -> Bool {
        try tx.first(
            "SELECT 1 AS found FROM calls WHERE workspace_id = $1 AND ended_at IS NULL LIMIT 1 OFFSET $2",
            [workspaceID, limit - 1]
        ) != nil
    }

    /// The same for the calls that a key has placed.
    static func hasLiveCalls(_ limit: Int64, placedBy keyID: Identifier, in tx: SQLTransaction) throws -> Bool {
        try tx.first(
            "SELECT 1 AS found FROM calls WHERE placed_by = $1 AND ended_at IS NULL LIMIT 1 OFFSET $2",
            [keyID, limit - 1]
        ) != nil
    }

    /// The live calls of a workspace, at most 10,000.
    static func live(of workspaceID: Identifier, in tx: SQLTransaction) throws -> [Identifier] {
        try tx.rows(
            "SELECT id FROM calls WHERE workspace_id = $1 AND ended_at IS NULL ORDER BY id LIMIT 10000",
            [workspaceID]
        ).map { try $0.get("id") }
    }

    /// What a call has dialled, oldest first, at most 1,000.
    static func legs(of parentID: Identifier, in tx: SQLTransaction) throws -> [Identifier] {
        try tx.rows("SELECT id FROM calls WHERE parent_id = $1 ORDER BY id LIMIT 1000", [parentID])
            .map { try $0.get("id") }
    }

    /// Stores what changes over a call's life.
    static func update(_ call: Call, in tx: SQLTransaction) throws {
        try tx.execute(
            """
            UPDATE calls SET status = $1, answered_at = $2, ended_at = $3, duration_seconds = $4, cost_minor = $5,
                hangup_cause = $6, node_id = $7, updated_at = $8
            WHERE id = $9
            """,
            [
                call.status.rawValue, call.answeredAt, call.endedAt, call.durationSeconds, call.costMinor,
                call.hangupCause?.rawValue, call.nodeID, call.updatedAt, call.id,
            ]
        )
    }

    /// Live calls of nodes that have not been heard of since `moment`.
    static func orphans(heartbeatBefore moment: Timestamp, in tx: SQLTransaction) throws -> [Identifier] {
        try tx.rows(
            """
            SELECT c.id FROM calls c JOIN nodes n ON n.id = c.node_id
            WHERE c.ended_at IS NULL AND n.heartbeat_at < $1 ORDER BY c.id LIMIT 500
            """,
            [moment]
        ).map { try $0.get("id") }
    }

    /// Live calls that no node has taken since `acceptedBefore`, and those that have not been answered since `unansweredBefore`:
    /// a node that lost the answer to its taking does not know that it owns them.
    static func abandoned(
        acceptedBefore: Timestamp,
        unansweredBefore: Timestamp,
        in tx: SQLTransaction
    ) throws -> [Identifier] {
        try tx.rows(
            """
            SELECT id FROM calls WHERE ended_at IS NULL AND answered_at IS NULL
                AND ((node_id IS NULL AND COALESCE(dial_at, created_at - clock_offset_ms) < $1)
                    OR created_at - clock_offset_ms < $2)
            ORDER BY id LIMIT 500
            """,
            [acceptedBefore, unansweredBefore]
        ).map { try $0.get("id") }
    }

    static func call(_ row: Row) throws -> Call {
        guard let status = CallStatus(rawValue: try row.get("status")),
            let currency = Currency(try row.get("currency")),
            let direction = CallDirection(rawValue: try row.get("direction")),
            let channels = RecordingChannels(rawValue: try row.get("recording_channels"))
        else { throw DatabaseError.decoding("calls: status, currency, direction or recording_channels") }
        return Call(
            id: try row.get("id"),
            workspaceID: try row.get("workspace_id"),
            sessionID: try row.get("session_id"),
            from: try row.get("from_e164"),
            to: try row.get("to_e164"),
            callerID: try row.get("caller_id"),
            numberID: try row.get("number_id"),
            status: status,
            clientRequestID: try row.get("client_request_id"),
            voiceCallbackURL: try row.get("voice_callback_url"),
            record: try row.get("record"),
            actions: try actions(row.get("actions")),
            ringTimeout: .milliseconds(try row.get("ring_timeout_ms", as: Int64.self)),
            ratePerMinuteMinor: try row.get("rate_per_minute_minor"),
            currency: currency,
            placedBy: try row.get("placed_by"),
            createdAt: try row.get("created_at"),
            answeredAt: try row.get("answered_at"),
            endedAt: try row.get("ended_at"),
            durationSeconds: try row.get("duration_seconds"),
            costMinor: try row.get("cost_minor"),
            hangupCause: try row.get("hangup_cause", as: String?.self).flatMap(HangupCause.init),
            nodeID: try row.get("node_id"),
            updatedAt: try row.get("updated_at"),
            clockOffset: .milliseconds(try row.get("clock_offset_ms", as: Int64.self)),
            maxCostMinor: try row.get("max_cost_minor"),
            longestSeconds: try row.get("longest_seconds"),
            dialAt: try row.get("dial_at"),
            direction: direction,
            parentID: try row.get("parent_id"),
            recordingChannels: channels
        )
    }

    static func actions(_ text: String) throws -> [VoiceAction] {
        if text == "[]" { return [] }
        return try VoiceActionParser.parse(JSONValue(parsing: Data(text.utf8)), field: "actions")
    }
}
