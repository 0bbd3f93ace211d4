import Database
import Ledger
import Primitives

/// All SQL of trunks.
enum TrunkTable {
    static let migration = Migration(number: 220, name: "trunks") { dialect in
        [
            """
            CREATE TABLE trunks (
                id \(dialect.bytes) PRIMARY KEY, name TEXT NOT NULL UNIQUE, host TEXT NOT NULL, port BIGINT NOT NULL,
                transport TEXT NOT NULL, username TEXT, password \(dialect.bytes), prefix TEXT NOT NULL,
                priority BIGINT NOT NULL, purpose TEXT NOT NULL, created_at BIGINT NOT NULL)
            """
        ]
    }

    static let sourceMigration = Migration(number: 600, name: "trunks that call") { _ in
        ["ALTER TABLE trunks ADD COLUMN sources TEXT NOT NULL DEFAULT ''"]
    }

    static let inboundMigration = Migration(number: 640, name: "trunks that call by digest") { dialect in
        [
            "ALTER TABLE trunks ADD COLUMN acceptance TEXT NOT NULL DEFAULT 'address'",
            "ALTER TABLE trunks ADD COLUMN inbound_username TEXT",
            "ALTER TABLE trunks ADD COLUMN inbound_digest \(dialect.bytes)",
            """
            CREATE UNIQUE INDEX trunks_by_inbound_username ON trunks (inbound_username)
            WHERE inbound_username IS NOT NULL
            """,
        ]
    }

    /// Adds a trunk; false when there is one of its name, or of its user name for inbound calls.
    static func insert(
        _ trunk: Trunk,
        _ secrets: SecretBox,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws -> Bool {
        let password = try trunk.password.map { try secrets.seal($0, context: "trunk:\(trunk.id)") }
        let digest = try trunk.inbound.secret.map { try secrets.seal($0.text, context: digestContext(trunk.id)) }
        return try tx.execute(
            """
            INSERT INTO trunks (id, name, host, port, transport, username, password, prefix, priority, purpose,
                created_at, sources, acceptance, inbound_username, inbound_digest, registers)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) ON CONFLICT DO NOTHING
            """,
            [
                trunk.id, trunk.name, trunk.host, trunk.namedPort ?? noPort, trunk.transport.rawValue, trunk.username,
                password,
                trunk.prefix, trunk.priority, trunk.purpose.rawValue, now,
                trunk.inbound.sources.map(\.description).joined(separator: " "), trunk.inbound.acceptance.rawValue,
                trunk.inbound.username, digest, trunk.registers,
            ]
        ) == 1
    }

    static func remove(name: String, in tx: SQLTransaction) throws {
        try tx.execute("DELETE FROM trunks WHERE name = $1", [name])
    }

    /// Trunks for a workspace's calls whose prefix a number has, in the order to try them: longest prefix, then lowest priority number.
    static func matching(
        _ e164: String,
        for workspace: Workspace,
        _ secrets: SecretBox,
        in tx: SQLTransaction
    ) throws -> [Trunk] {
        try tx.rows(
            """
            SELECT * FROM trunks WHERE substr($1, 1, length(prefix)) = prefix AND purpose IN ($2, 'any')
            ORDER BY length(prefix) DESC, priority, id LIMIT 20
            """,
            [e164, (workspace.isTest ? TrunkPurpose.test : .live).rawValue]
        ).map { try trunk($0, secrets) }
    }

    static func all(_ secrets: SecretBox, in tx: SQLTransaction) throws -> [Trunk] {
        try tx.rows("SELECT * FROM trunks ORDER BY priority, id LIMIT 1000").map { try trunk($0, secrets) }
    }

    /// The trunk that sends calls by digest under this user name.
    static func find(inboundUsername: String, _ secrets: SecretBox, in tx: SQLTransaction) throws -> Trunk? {
        try tx.first("SELECT * FROM trunks WHERE inbound_username = $1", [inboundUsername]).map {
            try trunk($0, secrets)
        }
    }

    /// What stands for a port that was not named.
    private static let noPort = 0

    private static func digestContext(_ id: Identifier) -> String { "trunk-inbound:\(id)" }

    private static func inbound(_ row: Row, of id: Identifier, _ secrets: SecretBox) throws -> TrunkInbound {
        let sources = try row.get("sources", as: String.self).split(separator: " ").map { text in
            guard let network = IPNetwork(parsing: String(text)) else {
                throw DatabaseError.decoding("trunks: sources")
            }
            return network
        }
        guard let acceptance = TrunkAcceptance(rawValue: try row.get("acceptance")) else {
            throw DatabaseError.decoding("trunks: acceptance")
        }
        let secret = try row.get("inbound_digest", as: [UInt8]?.self).map { sealed in
            guard let secret = DigestSecret(text: try secrets.open(sealed, context: digestContext(id))) else {
                throw DatabaseError.decoding("trunks: inbound_digest")
            }
            return secret
        }
        return TrunkInbound(
            acceptance: acceptance,
            sources: sources,
            username: try row.get("inbound_username"),
            secret: secret
        )
    }

    private static func trunk(_ row: Row, _ secrets: SecretBox) throws -> Trunk {
        let id: Identifier = try row.get("id")
        guard let transport = TrunkTransport(rawValue: try row.get("transport")),
            let purpose = TrunkPurpose(rawValue: try row.get("purpose"))
        else { throw DatabaseError.decoding("trunks: transport or purpose") }
        let port = try row.get("port", as: Int.self)
        let password = try row.get("password", as: [UInt8]?.self).map { try secrets.open($0, context: "trunk:\(id)") }
        return Trunk(
            id: id,
            name: try row.get("name"),
            host: try row.get("host"),
            namedPort: port == noPort ? nil : port,
            transport: transport,
            username: try row.get("username"),
            password: password,
            prefix: try row.get("prefix"),
            priority: try row.get("priority"),
            purpose: purpose,
            inbound: try inbound(row, of: id, secrets),
            registers: try row.get("registers")
        )
    }
}
