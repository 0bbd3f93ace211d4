import ArgumentParser
import Server

/// The settings that every command needs to find the data; each also as an environment variable.
struct SettingOptions: ParsableArguments {
    @Option(help: ArgumentHelp("SAUTIKIT_DATA_DIR: folder of the data (default: var)", valueName: "folder"))
    var dataDir: String?

    @Option(
        help: ArgumentHelp("SAUTIKIT_DATABASE_URL: PostgreSQL instead of SQLite in the data folder", valueName: "url")
    )
    var databaseUrl: String?

    @Option(help: ArgumentHelp("SAUTIKIT_LOG_LEVEL: trace to critical (default: notice)", valueName: "level"))
    var logLevel: String?

    var flags: [Setting: String] {
        let pairs: [(Setting, String?)] = [
            (.dataFolder, dataDir), (.databaseURL, databaseUrl), (.logLevel, logLevel),
        ]
        return Dictionary(uniqueKeysWithValues: pairs.compactMap { pair in pair.1.map { (pair.0, $0) } })
    }

    func configuration(adding more: [Setting: String] = [:]) async throws -> ServerConfiguration {
        do {
            let source = try await SettingsSource(flags: flags.merging(more) { $1 })
            return try ServerConfiguration(source)
        } catch {
            throw CommandFailure(error)
        }
    }
}
