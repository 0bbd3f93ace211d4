import Database
import Ledger
import Primitives

/// All SQL of numbers.
enum NumberTable {
    static let migration = Migration(number: 210, name: "numbers") { dialect in
        [
            """
            CREATE TABLE numbers (
                id \(dialect.bytes) PRIMARY KEY, e164 TEXT NOT NULL, country TEXT NOT NULL, status TEXT NOT NULL,
                workspace_id \(dialect.bytes) REFERENCES workspaces (id), voice_callback_url TEXT, events_url TEXT,
                fallback_url TEXT, signing_secret \(dialect.bytes), claimed_at BIGINT, paid_until BIGINT, released_at BIGINT,
                created_at BIGINT NOT NULL)
            """,
            // Whose it was stays known, under the id that calls and deliveries name, when a number begins anew.
            "CREATE UNIQUE INDEX numbers_by_e164 ON numbers (e164) WHERE status <> 'released'",
            "CREATE INDEX numbers_available ON numbers (country, e164) WHERE status = 'available'",
            "CREATE INDEX numbers_by_workspace ON numbers (workspace_id, id)",
        ]
    }

    private static let columns =
        """
        id, e164, country, status, workspace_id, voice_callback_url, events_url, fallback_url, claimed_at, paid_until,
        released_at
        """

    /// Adds a number to the inventory; false when it is known already.
    static func insert(
        _ e164: String,
        country: String,
        id: Identifier,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO numbers (id, e164, country, status, created_at) VALUES ($1, $2, $3, 'available', $4)
            ON CONFLICT (e164) WHERE status <> 'released' DO NOTHING
            """,
            [id, e164, country, now]
        ) == 1
    }

    /// In the order of their digits. A page goes on after a number whoever has claimed it meanwhile.
    static func available(_ filter: InventoryFilter, in tx: SQLTransaction) throws -> [VoiceNumber] {
        let after = try filter.after.flatMap { try find(id: $0, in: tx)?.e164 } ?? ""
        return try tx.rows(
            """
            SELECT \(columns) FROM numbers
            WHERE status = 'available' AND (country = $1 OR $2 = 1) AND substr(e164, 1, length($3)) = $3
                AND (replace(e164, $4, '') <> e164 OR $4 = '') AND e164 > $5
            ORDER BY e164 LIMIT $6
            """,
            [
                filter.country ?? "", filter.country == nil, filter.prefix, filter.contains, after, filter.limit,
            ]
        ).map(number)
    }

    /// A workspace's numbers, without those it has given back.
    static func owned(by workspaceID: Identifier, in tx: SQLTransaction) throws -> [VoiceNumber] {
        try tx.rows(
            "SELECT \(columns) FROM numbers WHERE workspace_id = $1 AND status <> 'released' ORDER BY id LIMIT 1000",
            [workspaceID]
        ).map(number)
    }

    /// The number, locked until the transaction ends.
    static func lock(_ id: Identifier, in tx: SQLTransaction) throws -> VoiceNumber? {
        try tx.first("SELECT \(columns) FROM numbers WHERE id = $1\(tx.dialect.forUpdate)", [id]).map(number)
    }

    /// Where a number's calls and events go from now on; a secret only when there is a new one.
    static func setRouting(
        _ routing: NumberRouting,
        sealedSecret: [UInt8]?,
        of id: Identifier,
        in tx: SQLTransaction
    ) throws {
        try tx.execute(
            """
            UPDATE numbers SET voice_callback_url = $1, events_url = $2, fallback_url = $3,
                signing_secret = COALESCE($4, signing_secret)
            WHERE id = $5
            """,
            [routing.voiceCallbackURL, routing.eventsURL, routing.fallbackURL, sealedSecret, id]
        )
    }

    static func release(_ id: Identifier, at now: Timestamp, in tx: SQLTransaction) throws {
        try tx.execute("UPDATE numbers SET status = 'released', released_at = $1 WHERE id = $2", [now, id])
    }

    static func all(limit: Int, in tx: SQLTransaction) throws -> [VoiceNumber] {
        try tx.rows("SELECT \(columns) FROM numbers ORDER BY e164 LIMIT $1", [limit]).map(number)
    }

    static func find(e164: String, in tx: SQLTransaction) throws -> VoiceNumber? {
        try tx.first("SELECT \(columns) FROM numbers WHERE e164 = $1 AND status <> 'released'", [e164]).map(number)
    }

    static func find(id: Identifier, in tx: SQLTransaction) throws -> VoiceNumber? {
        try tx.first("SELECT \(columns) FROM numbers WHERE id = $1", [id]).map(number)
    }

    /// Takes a number out of the inventory; false when somebody else was faster.
    static func claim(
        _ id: Identifier,
        for workspaceID: Identifier,
        routing: NumberRouting,
        sealedSecret: [UInt8],
        paidUntil: Timestamp,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws -> Bool {
        try tx.execute(
            """
            UPDATE numbers SET status = 'active', workspace_id = $1, voice_callback_url = $2, events_url = $3,
                fallback_url = $4, signing_secret = $5, claimed_at = $6, paid_until = $7
            WHERE id = $8 AND status = 'available'
            """,
            [
                workspaceID, routing.voiceCallbackURL, routing.eventsURL, routing.fallbackURL, sealedSecret, now,
                paidUntil, id,
            ]
        ) == 1
    }

    static func sealedSecret(of id: Identifier, in tx: SQLTransaction) throws -> [UInt8]? {
        try tx.first("SELECT signing_secret FROM numbers WHERE id = $1", [id])?.get("signing_secret")
    }

    private static func number(_ row: Row) throws -> VoiceNumber {
        guard let status = NumberStatus(rawValue: try row.get("status")) else {
            throw DatabaseError.decoding("numbers: status")
        }
        return VoiceNumber(
            id: try row.get("id"),
            e164: try row.get("e164"),
            country: try row.get("country"),
            status: status,
            workspaceID: try row.get("workspace_id"),
            voiceCallbackURL: try row.get("voice_callback_url"),
            eventsURL: try row.get("events_url"),
            claimedAt: try row.get("claimed_at"),
            fallbackURL: try row.get("fallback_url"),
            paidUntil: try row.get("paid_until"),
            releasedAt: try row.get("released_at")
        )
    }
}
