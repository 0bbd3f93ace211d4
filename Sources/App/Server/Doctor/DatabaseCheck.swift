import Database
import Foundation
import Logging
import Platform

/// Whether the database answers, and what it thinks of the time.
struct DatabaseCheck {
    private let configuration: ServerConfiguration

    init(_ configuration: ServerConfiguration) {
        self.configuration = configuration
    }

    func finding() async -> Finding {
        if case .sqlite(let path) = configuration.database, !FileManager.default.fileExists(atPath: path) {
            return .fine("database", "\(path) will be made at the first start")
        }
        do {
            return try await open()
        } catch {
            return .wrong(
                "database",
                "\(error)",
                configuration.databaseURL == nil
                    ? "does the file belong to the user of the server, and is the disk in order?"
                    : "is PostgreSQL running, and is SAUTIKIT_DATABASE_URL right?"
            )
        }
    }

    private func open() async throws -> Finding {
        var logger = Logger(label: "sautikit.doctor") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .critical
        var settings = DatabaseSettings()
        settings.poolSize = 1
        let database = try await Database.open(
            configuration.database,
            migrations: PlatformSchema.migrations,
            settings: settings,
            logger: logger
        )
        let seconds = try await database.read { tx in
            let sql =
                switch tx.dialect {
                case .sqlite: "SELECT CAST(strftime('%s', 'now') AS INTEGER) AS seconds"
                case .postgres: "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) AS BIGINT) AS seconds"
                }
            return try tx.first(sql)?.get("seconds", as: Int64.self)
        }
        await database.close()
        let distance = abs(Int64(Date.now.timeIntervalSince1970) - (seconds ?? 0))
        if distance > 2 {
            return .wrong("clock", "it is \(distance) s away from the database's", "synchronise both with NTP")
        }
        return .fine("database", configuration.databaseURL == nil ? "SQLite answers" : "PostgreSQL answers")
    }
}
