package import Logging

/// One SQL seam over SQLite and PostgreSQL: closures that run in a transaction, on a thread where blocking is allowed.
///
/// A closure may run more than once (serialisation failures, a lost connection before COMMIT), so it must have no effect
/// but through its transaction.
package final class Database: Sendable {
    let driver: any DatabaseDriver
    let hub: NotificationHub

    init(driver: any DatabaseDriver, hub: NotificationHub) {
        self.driver = driver
        self.hub = hub
    }

    /// Opens the database and runs the migrations it does not have yet, once even when several nodes start together.
    ///
    /// - Throws: `DatabaseError.unavailable`, or `.migration` when stored and given migrations disagree.
    package static func open(
        _ location: DatabaseLocation,
        migrations: [Migration],
        settings: DatabaseSettings = DatabaseSettings(),
        logger: Logger
    ) async throws -> Database {
        let hub = NotificationHub()
        let driver: any DatabaseDriver =
            switch location {
            case .sqlite(let path): try SQLiteDriver(path: path, settings: settings)
            case .postgres(let url): PostgresDriver(url: url, settings: settings, hub: hub, logger: logger)
            }
        let migrator = try Migrator(migrations)
        do {
            try await driver.migrate { try migrator.run(in: $0) }
        } catch {
            await driver.close()
            throw error
        }
        return Database(driver: driver, hub: hub)
    }

    /// The engine's dialect.
    package var dialect: Dialect { driver.dialect }

    /// Runs a closure on one consistent snapshot, unless it asks for less; statements that write fail.
    ///
    /// - Throws: `DatabaseError`, or what the closure throws.
    package func read<T: Sendable>(
        snapshot: Snapshot = .shared,
        _ body: @escaping @Sendable (SQLTransaction) throws -> T
    ) async throws -> T {
        try await driver.read(snapshot, body)
    }

    /// Runs a closure in a transaction and commits it; returns only when the commit is durable. Nothing is written when it throws.
    ///
    /// - Throws: `DatabaseError`, or what the closure throws.
    @discardableResult
    package func write<T: Sendable>(
        isolation: Isolation = .serializable,
        _ body: @escaping @Sendable (SQLTransaction) throws -> T
    ) async throws -> T {
        let (result, channels) = try await driver.write(isolation: isolation, body)
        if !channels.isEmpty { hub.wake(channels) }
        return result
    }

    /// Wake-ups of a channel, several waiting ones merged into one; other nodes' too on PostgreSQL. Ends when the database closes.
    package func notifications(_ channel: String) -> AsyncStream<Void> {
        hub.listen(channel)
    }

    /// A number that has grown whenever a commit notified the channel, here before that write returned: what was read while
    /// it was smaller may be stale. On PostgreSQL other nodes' commits count too, and so does a lost connection.
    package func changeCount(of channel: String) -> Int {
        hub.count(of: channel)
    }

    /// Ends all listeners and closes every connection; later calls fail as unavailable.
    package func close() async {
        hub.finish()
        await driver.close()
    }
}
