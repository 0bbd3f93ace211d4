import Database
import Ledger
import Primitives

/// All SQL of conferences and of who is in them.
enum ConferenceTable {
    static let migration = Migration(number: 650, name: "conferences") { dialect in
        [
            """
            CREATE TABLE conferences (
                id \(dialect.bytes) PRIMARY KEY, workspace_id \(dialect.bytes) NOT NULL REFERENCES workspaces (id),
                name TEXT NOT NULL, node_id \(dialect.bytes) NOT NULL, created_at BIGINT NOT NULL, started_at BIGINT,
                ended_at BIGINT)
            """,
            "CREATE UNIQUE INDEX conferences_live ON conferences (workspace_id, name) WHERE ended_at IS NULL",
            "CREATE INDEX conferences_by_workspace ON conferences (workspace_id, id)",
            """
            CREATE TABLE conference_participants (
                id \(dialect.bytes) PRIMARY KEY, conference_id \(dialect.bytes) NOT NULL REFERENCES conferences (id),
                call_id \(dialect.bytes) NOT NULL, number TEXT NOT NULL, is_muted BIGINT NOT NULL,
                is_held BIGINT NOT NULL, joined_at BIGINT NOT NULL, left_at BIGINT)
            """,
            "CREATE INDEX conference_participants_by_conference ON conference_participants (conference_id, id)",
            """
            CREATE UNIQUE INDEX conference_participants_live ON conference_participants (call_id)
            WHERE left_at IS NULL
            """,
        ]
    }

    private static let columns = """
        c.*, (SELECT COUNT(*) FROM conference_participants p
              WHERE p.conference_id = c.id AND p.left_at IS NULL) AS participants
        """

    /// Begins a conference; false when one of this name is live.
    static func insert(
        _ id: Identifier,
        workspaceID: Identifier,
        name: String,
        nodeID: Identifier,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO conferences (id, workspace_id, name, node_id, created_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT DO NOTHING
            """,
            [id, workspaceID, name, nodeID, now]
        ) == 1
    }

    /// The live conference of a name, which the transaction alone may change from here on.
    static func lock(
        live name: String,
        of workspaceID: Identifier,
        in tx: SQLTransaction
    ) throws -> (id: Identifier, nodeID: Identifier)? {
        try tx.first(
            """
            SELECT id, node_id FROM conferences WHERE workspace_id = $1 AND name = $2 AND ended_at IS NULL\(tx.dialect.forUpdate)
            """,
            [workspaceID, name]
        ).map { (try $0.get("id"), try $0.get("node_id")) }
    }

    static func find(live name: String, of workspaceID: Identifier, in tx: SQLTransaction) throws -> Conference? {
        try tx.first(
            "SELECT \(columns) FROM conferences c WHERE workspace_id = $1 AND name = $2 AND ended_at IS NULL",
            [workspaceID, name]
        ).map(conference)
    }

    static func find(_ id: Identifier, in tx: SQLTransaction) throws -> Conference? {
        try tx.first("SELECT \(columns) FROM conferences c WHERE id = $1", [id]).map(conference)
    }

    /// Newest first.
    static func page(
        of workspaceID: Identifier,
        isLive: Bool,
        before cursor: Identifier?,
        limit: Int,
        in tx: SQLTransaction
    ) throws -> [Conference] {
        let values: [any SQLEncodable] = [workspaceID, limit]
        return try tx.rows(
            """
            SELECT \(columns) FROM conferences c
            WHERE workspace_id = $1 AND ended_at IS \(isLive ? "" : "NOT ")NULL\(cursor == nil ? "" : " AND id < $3")
            ORDER BY id DESC LIMIT $2
            """,
            cursor.map { values + [$0] } ?? values
        ).map(conference)
    }

    static func start(_ id: Identifier, at now: Timestamp, in tx: SQLTransaction) throws {
        try tx.execute("UPDATE conferences SET started_at = $2 WHERE id = $1 AND started_at IS NULL", [id, now])
    }

    static func end(_ id: Identifier, at now: Timestamp, in tx: SQLTransaction) throws {
        try tx.execute(
            "UPDATE conference_participants SET left_at = $2 WHERE conference_id = $1 AND left_at IS NULL",
            [id, now]
        )
        try tx.execute("UPDATE conferences SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL", [id, now])
    }

    // MARK: Participants

    static func enter(_ stay: ConferenceParticipant, _ conferenceID: Identifier, in tx: SQLTransaction) throws {
        try tx.execute(
            """
            INSERT INTO conference_participants
                (id, conference_id, call_id, number, is_muted, is_held, joined_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            [
                stay.id, conferenceID, stay.callID, stay.number, stay.state.isMuted, stay.state.isHeld, stay.joinedAt,
            ]
        )
    }

    static func change(
        _ callID: Identifier,
        to state: ConferenceParticipant.State,
        in tx: SQLTransaction
    ) throws {
        try tx.execute(
            "UPDATE conference_participants SET is_muted = $2, is_held = $3 WHERE call_id = $1 AND left_at IS NULL",
            [callID, state.isMuted, state.isHeld]
        )
    }

    /// Lets a call leave the conference that it is in, which is over when nobody is left. Nothing when it is in none.
    static func leave(_ callID: Identifier, at now: Timestamp, in tx: SQLTransaction) throws {
        let stay = try tx.first(
            "SELECT conference_id FROM conference_participants WHERE call_id = $1 AND left_at IS NULL",
            [callID]
        )
        guard let id: Identifier = try stay?.get("conference_id") else { return }
        // Of two that leave at once the second sees that the first has left.
        _ = try tx.first("SELECT id FROM conferences WHERE id = $1\(tx.dialect.forUpdate)", [id])
        try tx.execute(
            "UPDATE conference_participants SET left_at = $2 WHERE call_id = $1 AND left_at IS NULL",
            [callID, now]
        )
        try tx.execute(
            """
            UPDATE conferences SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL AND NOT EXISTS (
                SELECT 1 FROM conference_participants WHERE conference_id = $1 AND left_at IS NULL)
            """,
            [id, now]
        )
    }

    static func participants(of conferenceID: Identifier, in tx: SQLTransaction) throws -> [ConferenceParticipant] {
        try tx.rows("SELECT * FROM conference_participants WHERE conference_id = $1 ORDER BY id", [conferenceID])
            .map(participant)
    }

    private static func conference(_ row: Row) throws -> Conference {
        Conference(
            id: try row.get("id"),
            workspaceID: try row.get("workspace_id"),
            name: try row.get("name"),
            nodeID: try row.get("node_id"),
            createdAt: try row.get("created_at"),
            startedAt: try row.get("started_at"),
            endedAt: try row.get("ended_at"),
            participantCount: try row.get("participants")
        )
    }

    private static func participant(_ row: Row) throws -> ConferenceParticipant {
        ConferenceParticipant(
            id: try row.get("id"),
            callID: try row.get("call_id"),
            number: try row.get("number"),
            state: .init(isMuted: try row.get("is_muted"), isHeld: try row.get("is_held")),
            joinedAt: try row.get("joined_at"),
            leftAt: try row.get("left_at")
        )
    }
}
