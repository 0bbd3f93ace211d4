import Crypto
package import Database
package import Logging
package import Platform
import Primitives

/// Opens what the server and every operator's command work on.
package enum PlatformOpening {
    /// Prepares the data folder, opens the database, brings its schema up to date and reads the master key.
    ///
    /// - Throws: `StorageFault`, `DatabaseError`.
    package static func open(
        _ configuration: ServerConfiguration,
        settings: PlatformSettings = PlatformSettings(),
        databaseSettings: DatabaseSettings = DatabaseSettings(),
        logger: Logger
    ) async throws -> PlatformContext {
        try DataFolder.prepare(configuration)
        let key =
            if let key = configuration.masterKey {
                key
            } else {
                try MasterKeyFile(path: configuration.masterKeyFile).readOrMake()
            }
        let database = try await Database.open(
            configuration.database,
            migrations: PlatformSchema.migrations,
            settings: databaseSettings,
            logger: logger
        )
        return PlatformContext(
            database: database,
            clock: SystemWallClock(),
            ids: SystemIdentifierSource(),
            secrets: SecretBox(masterKey: SymmetricKey(data: key)),
            settings: settings,
            logger: logger
        )
    }
}
