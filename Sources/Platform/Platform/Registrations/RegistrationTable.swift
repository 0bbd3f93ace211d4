import Database
import Ledger
import Primitives

/// All SQL of registrations.
enum RegistrationTable {
    static let migration = Migration(number: 641, name: "registrations of devices") { dialect in
        [
            """
            CREATE TABLE sip_registrations (
                id \(dialect.bytes) PRIMARY KEY,
                credential_id \(dialect.bytes) NOT NULL REFERENCES sip_credentials (id), contact TEXT NOT NULL,
                instance TEXT, flow_number BIGINT, uses_flow BIGINT NOT NULL, priority BIGINT NOT NULL,
                call_id TEXT NOT NULL, number BIGINT NOT NULL, transport TEXT NOT NULL, address TEXT NOT NULL,
                port BIGINT NOT NULL, node_id \(dialect.bytes) NOT NULL, user_agent TEXT, registered_at BIGINT NOT NULL,
                expires_at BIGINT NOT NULL)
            """,
            "CREATE INDEX sip_registrations_by_credential ON sip_registrations (credential_id)",
            "CREATE INDEX sip_registrations_by_node ON sip_registrations (node_id)",
            "CREATE INDEX sip_registrations_by_expiry ON sip_registrations (expires_at)",
        ]
    }

    static let pathMigration = Migration(number: 664, name: "paths to devices") { _ in
        ["ALTER TABLE sip_registrations ADD COLUMN path TEXT NOT NULL DEFAULT ''"]
    }

    static func all(of credentialID: Identifier, in tx: SQLTransaction) throws -> [Registration] {
        try tx.rows(
            "SELECT * FROM sip_registrations WHERE credential_id = $1 ORDER BY id LIMIT 1000",
            [credentialID]
        ).map(registration)
    }

    /// Where a number's devices can be reached now: the preferred contacts first.
    static func live(
        of numberID: Identifier,
        at now: Timestamp,
        limit: Int,
        in tx: SQLTransaction
    ) throws -> [Registration] {
        try tx.rows(
            """
            SELECT sip_registrations.* FROM sip_registrations JOIN sip_credentials ON sip_credentials.id = credential_id
            WHERE number_id = $1 AND revoked_at IS NULL AND expires_at > $2
            ORDER BY priority DESC, sip_registrations.id LIMIT $3
            """,
            [numberID, now, limit]
        ).map(registration)
    }

    /// The same of one credential, by its user name, in a workspace.
    static func live(
        ofUsername username: String,
        in workspaceID: Identifier,
        at now: Timestamp,
        limit: Int,
        in tx: SQLTransaction
    ) throws -> [Registration] {
        try tx.rows(
            """
            SELECT sip_registrations.* FROM sip_registrations JOIN sip_credentials ON sip_credentials.id = credential_id
            WHERE username = $1 AND workspace_id = $2 AND revoked_at IS NULL AND expires_at > $3
            ORDER BY priority DESC, sip_registrations.id LIMIT $4
            """,
            [username, workspaceID, now, limit]
        ).map(registration)
    }

    /// A number's devices with their credentials, those of one credential together.
    static func devices(
        of numberID: Identifier,
        at now: Timestamp,
        limit: Int,
        in tx: SQLTransaction
    ) throws -> [RegisteredDevice] {
        try tx.rows(
            """
            SELECT sip_registrations.*, username, label
            FROM sip_registrations JOIN sip_credentials ON sip_credentials.id = credential_id
            WHERE number_id = $1 AND revoked_at IS NULL AND expires_at > $2
            ORDER BY credential_id, sip_registrations.id LIMIT $3
            """,
            [numberID, now, limit]
        ).map { row in
            RegisteredDevice(
                registration: try registration(row),
                username: try row.get("username"),
                label: try row.get("label")
            )
        }
    }

    static func replace(of credentialID: Identifier, by all: [Registration], in tx: SQLTransaction) throws {
        try tx.execute("DELETE FROM sip_registrations WHERE credential_id = $1", [credentialID])
        for one in all { try insert(one, in: tx) }
    }

    private static func insert(_ one: Registration, in tx: SQLTransaction) throws {
        try tx.execute(
            """
            INSERT INTO sip_registrations (id, credential_id, contact, instance, flow_number, uses_flow, priority,
                call_id, number, transport, address, port, node_id, user_agent, registered_at, expires_at, path)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
            """,
            [
                one.id, one.credentialID, one.contact, one.instance, one.flowNumber, one.usesFlow, one.priority,
                one.callID, one.number, one.place.transport.rawValue, one.place.address, one.place.port,
                one.place.nodeID, one.place.userAgent, one.registeredAt, one.expiresAt,
                one.path.joined(separator: "\n"),
            ]
        )
    }

    /// Removes a contact, unless it has been refreshed by another way meanwhile.
    static func remove(_ id: Identifier, at place: DevicePlace, in tx: SQLTransaction) throws -> Bool {
        try tx.execute(
            "DELETE FROM sip_registrations WHERE id = $1 AND address = $2 AND port = $3 AND node_id = $4",
            [id, place.address, place.port, place.nodeID]
        ) == 1
    }

    /// Contacts of nodes that are not heard of any more.
    static func orphans(before moment: Timestamp, in tx: SQLTransaction) throws -> [Registration] {
        try tx.rows(
            """
            SELECT * FROM sip_registrations
            WHERE node_id NOT IN (SELECT id FROM nodes WHERE heartbeat_at >= $1)
            ORDER BY id LIMIT 1000\(tx.dialect.skipLocked)
            """,
            [moment]
        ).map(registration)
    }

    static func move(_ id: Identifier, to nodeID: Identifier, in tx: SQLTransaction) throws {
        try tx.execute("UPDATE sip_registrations SET node_id = $1 WHERE id = $2", [nodeID, id])
    }

    static func remove(_ id: Identifier, in tx: SQLTransaction) throws {
        try tx.execute("DELETE FROM sip_registrations WHERE id = $1", [id])
    }

    /// Removes what has expired; the count.
    static func purge(at now: Timestamp, in tx: SQLTransaction) throws -> Int {
        try tx.execute("DELETE FROM sip_registrations WHERE expires_at <= $1", [now])
    }

    private static func registration(_ row: Row) throws -> Registration {
        guard let transport = DeviceTransport(rawValue: try row.get("transport")) else {
            throw DatabaseError.decoding("sip_registrations: transport")
        }
        return Registration(
            id: try row.get("id"),
            credentialID: try row.get("credential_id"),
            contact: try row.get("contact"),
            instance: try row.get("instance"),
            flowNumber: try row.get("flow_number"),
            usesFlow: try row.get("uses_flow"),
            path: try row.get("path", as: String.self).split(separator: "\n").map(String.init),
            priority: try row.get("priority"),
            callID: try row.get("call_id"),
            number: try row.get("number"),
            place: DevicePlace(
                transport: transport,
                address: try row.get("address"),
                port: try row.get("port"),
                nodeID: try row.get("node_id"),
                userAgent: try row.get("user_agent")
            ),
            registeredAt: try row.get("registered_at"),
            expiresAt: try row.get("expires_at")
        )
    }
}
