import Foundation
import TestSupport

/// The `websockets` library of Python as a server on loopback.
package final class SocketServer: Sendable {
    /// Where it listens.
    package let port: Int
    private let program: RunningProgram
    private let folder: TemporaryFolder

    /// Starts a server.
    ///
    /// - Parameters:
    ///   - subprotocol: what it takes, if it is offered; nil for none.
    ///   - isSecured: whether it speaks TLS, for the name `localhost` alone.
    /// - Throws: `WaitingTimeout`, `CommandError`.
    package init(subprotocol: String? = nil, isSecured: Bool = false) async throws {
        let folder = try TemporaryFolder("socket")
        self.folder = folder
        var files = ["-", "-"]
        if isSecured {
            files = [folder.path("certificate.pem"), folder.path("key.pem")]
            try await Self.makeCertificate(files[0], key: files[1])
        }
        let here = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        let root = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let program = try RunningProgram(
            root.appending(path: ".build/test-tools/bin/python").path,
            [here.appending(path: "socket_server.py").path, subprotocol ?? "-"] + files
        )
        self.program = program
        port = try await Waiting.until {
            if let status = program.endStatus() {
                throw CommandError(command: "socket_server.py", status: status, output: program.output)
            }
            guard let line = program.output.split(separator: "\n").first, program.output.contains("\n") else {
                return nil
            }
            return Int(line.dropFirst("ready ".count))
        }
    }

    /// The certificate it shows, in PEM.
    package var certificate: String { folder.path("certificate.pem") }

    /// What `/log` was told, line by line.
    package var lines: [String] {
        program.output.split(separator: "\n", omittingEmptySubsequences: false).dropFirst().dropLast().map(String.init)
    }

    /// Stops it, or lets it go on: SIGSTOP makes a peer that is there and says nothing.
    package func signal(_ number: Int32) {
        program.signal(number)
    }

    private static func makeCertificate(_ certificate: String, key: String) async throws {
        try await Command.run(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out",
                certificate,
            ]
        )
    }
}
