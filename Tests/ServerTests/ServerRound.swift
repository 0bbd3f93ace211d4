import Logging
import Server
import TestSupport

/// A server in this process that is opened, run and closed, on a folder and ports of its own.
struct ServerRound: Sendable {
    /// A server that runs.
    struct Running: Sendable {
        /// Where its API listens.
        let http: HostPort
        fileprivate let task: Task<Void, any Error>
        /// What it works on goes after it.
        fileprivate let folder: TemporaryFolder

        /// Stops it and waits until it has closed everything.
        func stop() async {
            task.cancel()
            _ = await task.result
        }
    }

    private let folder: TemporaryFolder
    private let configuration: ServerConfiguration

    /// Prepares one.
    ///
    /// - Parameters:
    ///   - http: where its API is to listen; a free port when nil.
    ///   - databaseURL: a PostgreSQL database; SQLite in its folder when nil.
    init(http: HostPort? = nil, databaseURL: String? = nil) throws {
        folder = try TemporaryFolder("server")
        var configuration = ServerConfiguration()
        configuration.dataFolder = folder.path("data")
        configuration.databaseURL = databaseURL
        configuration.http = http ?? HostPort(host: "127.0.0.1", port: 0)
        configuration.sip = HostPort(host: "127.0.0.1", port: 0)
        configuration.rtpPorts = 34_200...34_399
        self.configuration = configuration
    }

    static var quiet: Logger {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return logger
    }

    /// The server, opened and not running.
    func server() async throws -> SautikitServer {
        try await SautikitServer(configuration, logger: Self.quiet)
    }

    /// Runs it until it is bound everywhere.
    func start() async throws -> Running {
        let server = try await server()
        let addresses = server.addresses
        let task = Task { try await server.run() }
        let http = try await Waiting.within { try await addresses.http.value() }
        _ = try await Waiting.within { try await addresses.sip.value() }
        return Running(http: http, task: task, folder: folder)
    }

    /// One whole life of a server.
    static func openAndClose(databaseURL: String?) async throws {
        try await ServerRound(databaseURL: databaseURL).start().stop()
    }
}
