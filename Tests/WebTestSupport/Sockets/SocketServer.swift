import Foundation
package import TestSupport

/// The `websockets` library of Python as a server on loopback.
package final class SocketServer: Sendable {
    /// Where it listens.
    package let port: Int
    private let program: RunningProgram
    /// What it shows; nil when it speaks no TLS.
    package let certificate: TestCertificate?

    /// Starts a server.
    ///
    /// - Parameters:
    ///   - subprotocol: what it takes, if it is offered; nil for none.
    ///   - isSecured: whether it speaks TLS, for the name `localhost` alone.
    /// - Throws: `WaitingTimeout`, `CommandError`.
    package init(subprotocol: String? = nil, isSecured: Bool = false) async throws {
        certificate = isSecured ? try await TestCertificate("DNS:localhost") : nil
        let files = [certificate?.file ?? "-", certificate?.keyFile ?? "-"]
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

    /// What `/log` was told, line by line.
    package var lines: [String] {
        program.output.split(separator: "\n", omittingEmptySubsequences: false).dropFirst().dropLast().map(String.init)
    }

    /// Stops it, or lets it go on: SIGSTOP makes a peer that is there and says nothing.
    package func signal(_ number: Int32) {
        program.signal(number)
    }
}
