import Database
import Ledger
import Primitives

/// All SQL of registrations with trunks: a row for each trunk that wants one, leased by the node that does it.
enum TrunkRegistrationTable {
    static let migration = Migration(number: 642, name: "registrations with trunks") { dialect in
        [
            "ALTER TABLE trunks ADD COLUMN registers BIGINT NOT NULL DEFAULT 0",
            """
            CREATE TABLE trunk_registrations (
                trunk_id \(dialect.bytes) PRIMARY KEY REFERENCES trunks (id) ON DELETE CASCADE,
                node_id \(dialect.bytes) NOT NULL, leased_until BIGINT NOT NULL, token TEXT NOT NULL UNIQUE,
                status TEXT NOT NULL, sip_status BIGINT, expires_at BIGINT, address TEXT)
            """,
        ]
    }

    /// Leases a trunk for a node, or keeps it leased; false when another node has it.
    static func lease(
        _ trunkID: Identifier,
        to nodeID: Identifier,
        token: String,
        until: Timestamp,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO trunk_registrations (trunk_id, node_id, leased_until, token, status)
            VALUES ($1, $2, $3, $4, 'trying')
            ON CONFLICT (trunk_id) DO UPDATE SET node_id = excluded.node_id, leased_until = excluded.leased_until
            WHERE trunk_registrations.node_id = excluded.node_id OR trunk_registrations.leased_until <= $5
            """,
            [trunkID, nodeID, until, token, now]
        ) == 1
    }

    /// Gives a lease back.
    static func release(_ trunkID: Identifier, by nodeID: Identifier, in tx: SQLTransaction) throws {
        try tx.execute("DELETE FROM trunk_registrations WHERE trunk_id = $1 AND node_id = $2", [trunkID, nodeID])
    }

    static func set(
        _ status: TrunkRegistration.Status,
        of trunkID: Identifier,
        by nodeID: Identifier,
        sipStatus: Int?,
        expiresAt: Timestamp?,
        address: String?,
        in tx: SQLTransaction
    ) throws {
        try tx.execute(
            """
            UPDATE trunk_registrations SET status = $1, sip_status = $2, expires_at = $3, address = $4
            WHERE trunk_id = $5 AND node_id = $6
            """,
            [status.rawValue, sipStatus, expiresAt, address, trunkID, nodeID]
        )
    }

    static func all(in tx: SQLTransaction) throws -> [TrunkRegistration] {
        try tx.rows("SELECT * FROM trunk_registrations ORDER BY trunk_id LIMIT 1000").map(registration)
    }

    /// The trunk that was told this contact.
    static func find(token: String, in tx: SQLTransaction) throws -> TrunkRegistration? {
        try tx.first("SELECT * FROM trunk_registrations WHERE token = $1", [token]).map(registration)
    }

    private static func registration(_ row: Row) throws -> TrunkRegistration {
        guard let status = TrunkRegistration.Status(rawValue: try row.get("status")) else {
            throw DatabaseError.decoding("trunk_registrations: status")
        }
        return TrunkRegistration(
            trunkID: try row.get("trunk_id"),
            nodeID: try row.get("node_id"),
            token: try row.get("token"),
            status: status,
            sipStatus: try row.get("sip_status"),
            expiresAt: try row.get("expires_at"),
            address: try row.get("address")
        )
    }
}
