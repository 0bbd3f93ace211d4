package import Database
import Logging

/// A real, empty database of one test.
package struct TestDatabase: Sendable {
    /// The two engines that every table test runs on.
    package enum Engine: String, Sendable, CaseIterable {
        /// A SQLite file in a temporary folder.
        case sqlite
        /// A fresh database in the process's PostgreSQL cluster.
        case postgres
    }

    /// The opened database.
    package let database: Database
    /// Where it is, to open it again.
    package let location: DatabaseLocation

    /// SQLite's folders live as long as the process, since a test may hold on to the database alone.
    private static let folders = Locked<[TemporaryFolder]>([])

    /// Makes and opens a database.
    ///
    /// - Throws: when the engine is not installed or the migrations fail.
    package static func make(
        _ engine: Engine,
        migrations: [Migration] = [],
        settings: DatabaseSettings = DatabaseSettings()
    ) async throws -> TestDatabase {
        let folder = engine == .sqlite ? try TemporaryFolder("db") : nil
        let location: DatabaseLocation =
            if let folder {
                .sqlite(path: folder.path("test.sqlite"))
            } else {
                .postgres(try await PostgreSQLCluster.shared.value.createDatabase())
            }
        // A listener whose server is stopped at the end says so; only errors are worth a line of a test run.
        var logger = Logger(label: "test")
        logger.logLevel = .error
        let database = try await Database.open(location, migrations: migrations, settings: settings, logger: logger)
        if let folder { folders.withLock { $0.append(folder) } }
        return TestDatabase(database: database, location: location)
    }

    /// Closes a database and gives its room on the disk back at once, for tests that make very many.
    ///
    /// - Throws: when PostgreSQL does not let it go.
    package static func discard(_ database: Database) async throws {
        var name: String?
        if database.dialect == .postgres {
            name = try await database.read { tx in
                try tx.first("SELECT current_database()::text AS name")?.get("name", as: String.self)
            }
        }
        await database.close()
        if let name { try await PostgreSQLCluster.shared.value.execute("DROP DATABASE \(name) WITH (FORCE)") }
    }
}
