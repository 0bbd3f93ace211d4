import Database
import Ledger
import Primitives

/// All SQL of browsers that are connected: each is at one node, and every node rings them.
enum BrowserTable {
    static let migration = Migration(number: 700, name: "browsers of all nodes") { dialect in
        [
            """
            CREATE TABLE browsers (
                id \(dialect.bytes) PRIMARY KEY, workspace_id \(dialect.bytes) NOT NULL, identity TEXT, number TEXT,
                contact TEXT NOT NULL, transport TEXT NOT NULL, address TEXT NOT NULL, port BIGINT NOT NULL,
                node_id \(dialect.bytes) NOT NULL, registered_at BIGINT NOT NULL, expires_at BIGINT NOT NULL)
                \(dialect.clustered)
            """,
            "CREATE INDEX browsers_by_workspace ON browsers (workspace_id)",
            "CREATE INDEX browsers_by_node ON browsers (node_id)",
            "CREATE INDEX browsers_by_expiry ON browsers (expires_at)",
        ]
    }

    static func put(
        _ registration: Registration,
        of token: SIPToken,
        until expiresAt: Timestamp,
        in tx: SQLTransaction
    ) throws {
        try tx.execute(
            """
            INSERT INTO browsers (id, workspace_id, identity, number, contact, transport, address, port, node_id,
                registered_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            ON CONFLICT (id) DO UPDATE SET contact = excluded.contact, registered_at = excluded.registered_at,
                expires_at = excluded.expires_at
            """,
            [
                registration.credentialID, token.workspaceID, token.identity, token.number, registration.contact,
                registration.place.transport.rawValue, registration.place.address, registration.place.port,
                registration.place.nodeID, registration.registeredAt, expiresAt,
            ]
        )
    }

    static func remove(_ id: Identifier, in tx: SQLTransaction) throws {
        try tx.execute("DELETE FROM browsers WHERE id = $1", [id])
    }

    /// Those that a number of the workspace rings and that other nodes have.
    static func ringing(
        _ e164: String,
        of workspaceID: Identifier,
        notAt nodeID: Identifier,
        _ now: Timestamp,
        limit: Int,
        in tx: SQLTransaction
    ) throws -> [Registration] {
        try tx.rows(
            """
            SELECT * FROM browsers WHERE workspace_id = $1 AND (number IS NULL OR number = $2) AND node_id <> $3
                AND expires_at > $4 ORDER BY id LIMIT $5
            """,
            [workspaceID, e164, nodeID, now, limit]
        ).map(registration)
    }

    /// Somebody's that other nodes have.
    static func named(
        _ identity: String,
        of workspaceID: Identifier,
        notAt nodeID: Identifier,
        _ now: Timestamp,
        limit: Int,
        in tx: SQLTransaction
    ) throws -> [Registration] {
        try tx.rows(
            """
            SELECT * FROM browsers WHERE workspace_id = $1 AND identity = $2 AND node_id <> $3 AND expires_at > $4
            ORDER BY id LIMIT $5
            """,
            [workspaceID, identity, nodeID, now, limit]
        ).map(registration)
    }

    /// Removes those of nodes that are not heard of any more: their connections are gone.
    static func removeOrphans(before moment: Timestamp, in tx: SQLTransaction) throws {
        try tx.execute(
            "DELETE FROM browsers WHERE node_id NOT IN (SELECT id FROM nodes WHERE heartbeat_at >= $1)",
            [moment]
        )
    }

    /// Removes what has expired; the count.
    static func purge(at now: Timestamp, in tx: SQLTransaction) throws -> Int {
        try tx.execute("DELETE FROM browsers WHERE expires_at <= $1", [now])
    }

    private static func registration(_ row: Row) throws -> Registration {
        guard let transport = DeviceTransport(rawValue: try row.get("transport")) else {
            throw DatabaseError.decoding("browsers: transport")
        }
        let id: Identifier = try row.get("id")
        return Registration(
            id: id,
            credentialID: id,
            contact: try row.get("contact"),
            instance: nil,
            flowNumber: nil,
            usesFlow: true,
            path: [],
            priority: 1000,
            callID: "",
            number: 0,
            place: DevicePlace(
                transport: transport,
                address: try row.get("address"),
                port: try row.get("port"),
                nodeID: try row.get("node_id"),
                userAgent: nil
            ),
            registeredAt: try row.get("registered_at"),
            expiresAt: try row.get("expires_at")
        )
    }
}
