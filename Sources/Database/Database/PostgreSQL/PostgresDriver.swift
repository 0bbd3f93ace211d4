import Logging

/// PostgreSQL through libpq: a pool of blocking connections, and one more that listens.
final class PostgresDriver: DatabaseDriver {
    /// The advisory lock that keeps other nodes out while one migrates; any constant that nobody else uses.
    private static let migrationLock: Int64 = 0x5361_7574_696b_6974

    private let pool: PostgresPool
    private let listener: PostgresListener
    private let settings: DatabaseSettings

    init(url: String, settings: DatabaseSettings, hub: NotificationHub, logger: Logger) {
        self.settings = settings
        pool = PostgresPool(url: url, settings: settings)
        listener = PostgresListener(url: url, settings: settings, hub: hub, logger: logger)
        listener.start()
    }

    /// A database that nobody closed, such as one that could not be opened, leaves no thread and no connection either.
    deinit {
        listener.stop()
        pool.close()
    }

    var dialect: Dialect { .postgres }

    func read<T: Sendable>(
        _ snapshot: Snapshot,
        _ body: @escaping @Sendable (SQLTransaction) throws -> T
    ) async throws -> T {
        switch snapshot {
        case .shared:
            try await attempting { try Self.transact(on: $0, begin: "BEGIN ISOLATION LEVEL REPEATABLE READ", body).0 }
        case .perStatement:
            try await attempting { try Self.read(on: $0, body) }
        }
    }

    func write<T: Sendable>(
        isolation: Isolation,
        _ body: @escaping @Sendable (SQLTransaction) throws -> T
    ) async throws -> (T, Set<String>) {
        let level = isolation == .serializable ? "SERIALIZABLE" : "READ COMMITTED"
        return try await attempting {
            try Self.transact(on: $0, begin: "BEGIN ISOLATION LEVEL \(level) READ WRITE", body)
        }
    }

    func migrate(_ body: @escaping @Sendable (SQLTransaction) throws -> Void) async throws {
        _ = try await write(isolation: .readCommitted) { tx in
            _ = try tx.rows("SELECT pg_advisory_xact_lock($1)", [Self.migrationLock])
            try body(tx)
        }
    }

    func close() async {
        listener.stop()
        pool.close()
        await listener.ended()
    }

    /// Works again after a collision, and once more when the connection turned out to be dead before COMMIT.
    private func attempting<T: Sendable>(_ work: @escaping @Sendable (PostgresConnection) throws -> T) async throws -> T
    {
        var collisions = 0
        while true {
            do {
                return try await pool.with { try Self.reconnecting($0, work) }
            } catch DatabaseError.serialisationFailure(let message) {
                collisions += 1
                guard collisions <= settings.serialisationRetries else {
                    throw DatabaseError.serialisationFailure(message)
                }
                let longest = min(1 << collisions, 64)
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...longest)))
            }
        }
    }

    /// Works once more when a connection that had been made before turned out to be dead. On that connection, made anew:
    /// after a restart of the server the others of the pool are dead as well.
    private static func reconnecting<T>(
        _ connection: PostgresConnection,
        _ work: (PostgresConnection) throws -> T
    ) throws -> T {
        let wasOpen = connection.isOpen
        do {
            return try work(connection)
        } catch DatabaseError.unavailable where wasOpen && !connection.isOpen {
            return try work(connection)
        }
    }

    /// Each statement is a transaction by itself, which may not write: the connection's own default.
    private static func read<T>(on connection: PostgresConnection, _ body: (SQLTransaction) throws -> T) throws -> T {
        try connection.connect()
        return try body(SQLTransaction(session: PostgresSession(connection: connection), outbox: NotificationOutbox()))
    }

    private static func transact<T>(
        on connection: PostgresConnection,
        begin: String,
        _ body: (SQLTransaction) throws -> T
    ) throws -> (T, Set<String>) {
        try connection.connect()
        connection.begin(begin)
        let outbox = NotificationOutbox()
        do {
            let result = try body(SQLTransaction(session: PostgresSession(connection: connection), outbox: outbox))
            try connection.commit(after: outbox.channels.map(Self.notification))
            return (result, outbox.channels)
        } catch DatabaseError.inDoubt(let message) {
            // It may have happened: that is neither done nor safe to repeat.
            connection.disconnect()
            throw DatabaseError.inDoubt(message)
        } catch {
            connection.rollback()
            throw error
        }
    }

    private static func notification(on channel: String) -> PostgresCommand {
        PostgresCommand(sql: "SELECT pg_notify('sautikit', $1)", arguments: [.text(channel)])
    }
}
