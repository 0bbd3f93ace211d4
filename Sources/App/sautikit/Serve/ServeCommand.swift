import ArgumentParser
import Logging
import Server

/// Runs the server.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run the server: API, voice and worker in one process, or some of them.",
        discussion: """
            Without any settings it uses SQLite in ./var and listens on this machine only. Examples:

              sautikit serve --sandbox
              sautikit serve --http-address 0.0.0.0:8080 --sip-address 192.0.2.4:5060
              SAUTIKIT_DATABASE_URL=postgres://sautikit@db/sautikit sautikit serve --roles api,worker

            SIGTERM or Ctrl-C stops it: calls are hung up and billed, webhooks under way are finished.

            Settings that have no flag:

            \(ServeOptions.settingsWithoutFlag.map(describe).joined(separator: "\n"))
            """
    )

    @Flag(help: "Run a fake carrier, numbers and a workspace beside it, all on this machine.")
    var sandbox = false

    @OptionGroup var options: ServeOptions

    private static func describe(_ setting: Setting) -> String {
        let value = setting.defaultValue.map { " (default: \($0))" } ?? ""
        return "  \(setting.environmentName)\n      \(setting.help)\(value)"
    }

    func run() async throws {
        var configuration = try await options.settings.configuration(adding: options.flags)
        configuration.isSandbox = sandbox
        if sandbox { configuration.browsers.openInSandbox(beside: configuration.sip) }
        var logger = Logger(label: "sautikit") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = configuration.logLevel
        do {
            let server = try await SautikitServer(configuration, logger: logger)
            let greeting = Task { try await ServeGreeting(configuration, server.addresses).show() }
            defer { greeting.cancel() }
            try await server.run(stopsAtSignals: true)
        } catch {
            throw CommandFailure(error)
        }
    }
}
