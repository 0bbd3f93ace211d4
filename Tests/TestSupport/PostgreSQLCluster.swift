import Foundation
import Glibc

/// A PostgreSQL server of this test process alone: own folder, socket and port, ended with the process.
package final class PostgreSQLCluster: Sendable {
    /// The one cluster of this process, started by the first test that asks.
    package static let shared = Task { try await PostgreSQLCluster() }

    private let folder: String
    private let port: Int
    private let programs: String

    /// Makes a cluster and starts it; the tests that restart a server make their own.
    ///
    /// - Throws: when PostgreSQL is not installed (`make setup-test` installs it) or does not start.
    package init() async throws {
        programs = try Self.findPrograms()
        Self.removeLeftovers()
        folder =
            FileManager.default.temporaryDirectory
            .appending(path: "\(Self.prefix)\(getpid())-\(UUID().uuidString.prefix(8))").path
        port = Int.random(in: 20_000...60_000)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        if getuid() == 0 { try await Command.run("chown", ["postgres", folder]) }
        try await asOwner("\(programs)/initdb -D \(folder)/data -A trust -U postgres --no-instructions --no-sync")
        try await start()
        Self.running.withLock { $0.append(self) }
        if Self.isFirst.exchange() { atexit { PostgreSQLCluster.stopAll() } }
    }

    /// The connection string of a database in the cluster.
    package func url(database: String) -> String {
        "host=\(folder) port=\(port) user=postgres dbname=\(database)"
    }

    /// Where the server listens: a Unix socket.
    package var socketPath: String { "\(folder)/.s.PGSQL.\(port)" }

    /// Makes an empty database and returns its connection string.
    ///
    /// - Throws: `CommandError`.
    package func createDatabase() async throws -> String {
        let name = "t\(UUID().uuidString.lowercased().filter { $0 != "-" })"
        try await execute("CREATE DATABASE \(name)")
        return url(database: name)
    }

    /// Runs SQL as the superuser in the maintenance database.
    ///
    /// - Throws: `CommandError`.
    @discardableResult
    package func execute(_ sql: String) async throws -> String {
        try await Command.run("psql", ["-qAtX", url(database: "postgres"), "-v", "ON_ERROR_STOP=1", "-c", sql])
    }

    /// Starts the server and waits until it takes connections.
    ///
    /// - Throws: `CommandError`.
    package func start() async throws {
        // Durability is PostgreSQL's own business; the tests check ours, and run quickly without its fsync.
        let options = "-p \(port) -k \(folder) -c listen_addresses= -c fsync=off -c max_connections=500"
        try await asOwner("\(programs)/pg_ctl -D \(folder)/data -o '\(options)' -l \(folder)/log -w start > /dev/null")
    }

    /// Stops the server, cutting all connections.
    ///
    /// - Throws: `CommandError`.
    package func stop() async throws {
        try await asOwner(stopCommand)
    }

    /// Stops the server if it runs and removes its folder; blocks, for the end of a test or of the process.
    package func remove() {
        // A server that a test stopped already cannot be stopped again, and that is fine.
        let (program, arguments) = ownersShell(stopCommand)
        _ = try? Command.runBlocking(program, arguments)
        _ = try? FileManager.default.removeItem(atPath: folder)
    }

    private static let prefix = "sautikit-pg-"
    private static let running = Locked<[PostgreSQLCluster]>([])
    private static let isFirst = Locked(true)

    private static func stopAll() {
        for cluster in running.withLock({ $0 }) { cluster.remove() }
    }

    private var stopCommand: String { "\(programs)/pg_ctl -D \(folder)/data -m immediate -w stop > /dev/null" }

    private func asOwner(_ command: String) async throws {
        let (program, arguments) = ownersShell(command)
        try await Command.run(program, arguments)
    }

    /// The server refuses to run as root, so root becomes the user that the package made.
    private func ownersShell(_ command: String) -> (program: String, arguments: [String]) {
        getuid() == 0 ? ("su", ["postgres", "-s", "/bin/sh", "-c", command]) : ("sh", ["-c", command])
    }

    private static func findPrograms() throws -> String {
        let base = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: base)) ?? []
        let found = versions.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }.map { "\(base)/\($0)/bin" }
            .first { FileManager.default.isExecutableFile(atPath: "\($0)/initdb") }
        guard let found else {
            throw CommandError(
                command: "initdb",
                status: 127,
                output: "PostgreSQL is not installed: run make setup-test"
            )
        }
        return found
    }

    /// Ends what an earlier test process left behind when it was killed.
    private static func removeLeftovers() {
        let temporary = FileManager.default.temporaryDirectory.path
        for name in (try? FileManager.default.contentsOfDirectory(atPath: temporary)) ?? [] where name.hasPrefix(prefix)
        {
            guard let owner = name.dropFirst(prefix.count).split(separator: "-").first.flatMap({ pid_t($0) }) else {
                continue
            }
            if kill(owner, 0) == 0 { continue }
            let folder = "\(temporary)/\(name)"
            if let text = try? String(contentsOfFile: "\(folder)/data/postmaster.pid", encoding: .utf8),
                let server = text.split(separator: "\n").first.flatMap({ pid_t($0) })
            {
                kill(server, SIGQUIT)
            }
            _ = try? FileManager.default.removeItem(atPath: folder)
        }
    }
}
