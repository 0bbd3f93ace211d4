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
                created_at BIGINT NOT NULL, is_test BIGINT NOT NULL)
            """,
            // Whose it was stays known, under the id that calls and deliveries name, when a number begins anew.
            "CREATE UNIQUE INDEX numbers_by_e164 ON numbers (e164) WHERE status <> 'released' AND is_test = 0",
            "CREATE UNIQUE INDEX test_numbers ON numbers (workspace_id, e164) WHERE status <> 'released' AND is_test = 1",
            "CREATE INDEX numbers_available ON numbers (country, e164) WHERE status = 'available'",
            "CREATE INDEX numbers_by_workspace ON numbers (workspace_id, id)",
        ]
    }

    static let formatMigration = Migration(number: 603, name: "format of voice callbacks") { _ in
        ["ALTER TABLE numbers ADD COLUMN voice_callback_format TEXT NOT NULL DEFAULT 'json'"]
    }

    static let testMigration = Migration(number: 602, name: "test numbers by digits") { _ in
        ["CREATE INDEX test_numbers_by_e164 ON numbers (e164) WHERE status <> 'released' AND is_test = 1"]
    }

    static let columns =
        """
        id, e164, country, status, workspace_id, voice_callback_url, events_url, fallback_url, claimed_at, paid_until,
        released_at, is_test, voice_callback_format
        """

    /// Adds a number to the inventory, or keeps it for a workspace; false when it is known already.
    static func insert(
        _ e164: String,
        country: String,
        id: Identifier,
        status: NumberStatus? = nil,
        reservedFor owner: Workspace? = nil,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws -> Bool {
        let status = status ?? (owner == nil ? .available : .reserved)
        return try tx.execute(
            """
            INSERT INTO numbers (id, e164, country, status, workspace_id, created_at, is_test)
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING
            """,
            [id, e164, country, status.rawValue, owner?.id, now, owner?.isTest ?? false]
        ) == 1
    }

    /// What a workspace can claim, in the order of the digits: the inventory, and what is kept for it; a test twin has
    /// nothing but what is kept for it. A page goes on after a number whoever has claimed it meanwhile.
    static func available(
        _ filter: InventoryFilter,
        for workspace: Workspace?,
        in tx: SQLTransaction
    ) throws -> [VoiceNumber] {
        let after = try filter.after.flatMap { try find(id: $0, in: tx)?.e164 } ?? ""
        var found: [VoiceNumber] = []
        if workspace?.isTest != true {
            found += try available(filter, "status = 'available'", of: nil, after: after, in: tx)
        }
        if let workspace {
            let kept = "status = 'reserved' AND workspace_id = $7"
            found += try available(filter, kept, of: workspace.id, after: after, in: tx)
        }
        return Array(found.sorted { $0.e164 < $1.e164 }.prefix(filter.limit))
    }

    private static func available(
        _ filter: InventoryFilter,
        _ condition: String,
        of workspaceID: Identifier?,
        after: String,
        in tx: SQLTransaction
    ) throws -> [VoiceNumber] {
        var values: [any SQLEncodable] = [
            filter.country ?? "", filter.country == nil, filter.prefix, filter.contains, after, filter.limit,
        ]
        if let workspaceID { values.append(workspaceID) }
        return try tx.rows(
            """
            SELECT \(columns) FROM numbers
            WHERE \(condition) AND (country = $1 OR $2 = 1) AND substr(e164, 1, length($3)) = $3
                AND (replace(e164, $4, '') <> e164 OR $4 = '') AND e164 > $5
            ORDER BY e164 LIMIT $6
            """,
            values
        ).map(number)
    }

    /// A workspace's numbers, without those it has given back and those that it has not claimed.
    static func owned(by workspaceID: Identifier, in tx: SQLTransaction) throws -> [VoiceNumber] {
        try tx.rows(
            """
            SELECT \(columns) FROM numbers WHERE workspace_id = $1 AND status NOT IN ('released', 'reserved')
            ORDER BY id LIMIT 1000
            """,
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
                signing_secret = COALESCE($4, signing_secret), voice_callback_format = $6
            WHERE id = $5
            """,
            [
                routing.voiceCallbackURL, routing.eventsURL, routing.fallbackURL, sealedSecret, id,
                routing.callbackFormat,
            ]
        )
    }

    /// Lets something happen to a number, and returns what it is then.
    ///
    /// - Throws: `PlatformError` `numbers.not_active` when it cannot happen to a number of this status.
    static func apply(
        _ event: NumberStateMachine.Event,
        to number: VoiceNumber,
        at now: Timestamp? = nil,
        in tx: SQLTransaction
    ) throws -> VoiceNumber {
        let next = NumberStateMachine.next(number.status, event)
        guard let next else {
            throw PlatformError(
                .numberNotActive,
                "\(number.e164) is \(number.status.rawValue): that cannot be done with it now."
            )
        }
        let releasedAt = next == .released ? now : nil
        let count = try tx.execute(
            """
            UPDATE numbers SET status = $1, released_at = $2, renew_at = CASE WHEN $1 = 'released' THEN NULL ELSE renew_at END
            WHERE id = $3 AND status = $4
            """,
            [next.rawValue, releasedAt, number.id, number.status.rawValue]
        )
        guard count == 1, let changed = try find(id: number.id, in: tx) else {
            throw DatabaseError.serialisationFailure("numbers: \(number.e164) changed meanwhile")
        }
        return changed
    }

    static func all(limit: Int, in tx: SQLTransaction) throws -> [VoiceNumber] {
        try tx.rows("SELECT \(columns) FROM numbers ORDER BY e164 LIMIT $1", [limit]).map(number)
    }

    /// The number as telephones know it, whoever has it.
    static func findLive(e164: String, in tx: SQLTransaction) throws -> VoiceNumber? {
        try tx.first(
            "SELECT \(columns) FROM numbers WHERE e164 = $1 AND status <> 'released' AND is_test = 0",
            [e164]
        ).map(number)
    }

    /// The number as a sandbox's telephones know it: there may be one such in every test twin, so only what is one twin's alone
    /// is found.
    static func findTest(e164: String, in tx: SQLTransaction) throws -> VoiceNumber? {
        let found = try tx.rows(
            "SELECT \(columns) FROM numbers WHERE e164 = $1 AND status <> 'released' AND is_test = 1 LIMIT 2",
            [e164]
        )
        return found.count == 1 ? try number(found[0]) : nil
    }

    /// The number as a workspace knows it: a test twin has some of its own.
    static func find(e164: String, for workspace: Workspace, in tx: SQLTransaction) throws -> VoiceNumber? {
        guard workspace.isTest else { return try findLive(e164: e164, in: tx) }
        return try tx.first(
            """
            SELECT \(columns) FROM numbers
            WHERE workspace_id = $1 AND e164 = $2 AND status <> 'released' AND is_test = 1
            """,
            [workspace.id, e164]
        ).map(number)
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
        renewAt: Timestamp,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws -> Bool {
        try tx.execute(
            """
            UPDATE numbers SET status = 'active', workspace_id = $1, voice_callback_url = $2, events_url = $3,
                fallback_url = $4, signing_secret = $5, claimed_at = $6, paid_until = $7, renew_at = $9, voice_callback_format = $10
            WHERE id = $8 AND (status = 'available' OR status = 'reserved' AND workspace_id = $1)
            """,
            [
                workspaceID, routing.voiceCallbackURL, routing.eventsURL, routing.fallbackURL, sealedSecret, now,
                paidUntil, id, renewAt, routing.callbackFormat,
            ]
        ) == 1
    }

    /// Gives a number that has come from another carrier what a claimed one has; a secret that its owner has set stays.
    static func arrive(
        _ id: Identifier,
        sealedSecret: [UInt8],
        paidUntil: Timestamp,
        renewAt: Timestamp,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws {
        try tx.execute(
            """
            UPDATE numbers SET signing_secret = COALESCE(signing_secret, $1), claimed_at = $2, paid_until = $3, renew_at = $5
            WHERE id = $4
            """,
            [sealedSecret, now, paidUntil, id, renewAt]
        )
    }

    static func sealedSecret(of id: Identifier, in tx: SQLTransaction) throws -> [UInt8]? {
        try tx.first("SELECT signing_secret FROM numbers WHERE id = $1", [id])?.get("signing_secret")
    }

    static func number(_ row: Row) throws -> VoiceNumber {
        guard let status = NumberStatus(rawValue: try row.get("status")),
            let format = CallbackFormat(rawValue: try row.get("voice_callback_format"))
        else { throw DatabaseError.decoding("numbers: status or format") }
        return VoiceNumber(
            id: try row.get("id"),
            e164: try row.get("e164"),
            country: try row.get("country"),
            status: status,
            workspaceID: try row.get("workspace_id"),
            isTest: try row.get("is_test"),
            voiceCallbackURL: try row.get("voice_callback_url"),
            eventsURL: try row.get("events_url"),
            claimedAt: try row.get("claimed_at"),
            fallbackURL: try row.get("fallback_url"),
            paidUntil: try row.get("paid_until"),
            releasedAt: try row.get("released_at"),
            callbackFormat: format
        )
    }
}
