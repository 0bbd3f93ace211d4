import Foundation
import Server
import TestSupport
import Testing

/// The file `.env` of the folder in which the program starts: its settings hold, and what is said elsewhere goes before them.
@Suite(.timeLimit(.minutes(2))) struct EnvironmentFileTests {
    /// A folder with a `.env` of these settings.
    private static func folder(_ settings: [String: String]) throws -> TemporaryFolder {
        let folder = try TemporaryFolder("env")
        let lines = ["# Settings of this folder"] + settings.map { "\($0.key)=\($0.value)" }.sorted()
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: folder.url.appending(path: ".env"))
        return folder
    }

    /// The status that a server of the program in `folder` answers `/health` with at `port`, once it does.
    private static func health(
        _ program: RunningProgram,
        at port: Int
    ) async throws -> Int {
        try await Waiting.until(within: .seconds(60)) {
            if let status = program.endStatus() {
                throw CommandError(command: "sautikit serve", status: status, output: program.output)
            }
            return try? await TestServer.status(of: "http://127.0.0.1:\(port)/health")
        }
    }

    @Test func itsSettingsHoldAndTheEnvironmentAndFlagsGoBeforeThem() async throws {
        let (ofFile, ofEnvironment, ofFlag) = (FreePort.any(), FreePort.any(), FreePort.any())
        let folder = try Self.folder([
            "SAUTIKIT_DATA_DIR": "data of the file", "SAUTIKIT_HTTP_ADDRESS": "127.0.0.1:\(ofFile)",
            "SAUTIKIT_SIP_ADDRESS": "127.0.0.1:\(FreePort.any())", "SAUTIKIT_RTP_PORTS": FreePort.rtpRange(),
        ])
        let runs: [(port: Int, arguments: [String], environment: [String: String])] = [
            (ofFile, [], [:]),
            (ofEnvironment, [], ["SAUTIKIT_HTTP_ADDRESS": "127.0.0.1:\(ofEnvironment)"]),
            (
                ofFlag, ["--http-address", "127.0.0.1:\(ofFlag)"],
                ["SAUTIKIT_HTTP_ADDRESS": "127.0.0.1:\(ofEnvironment)"]
            ),
        ]
        for run in runs {
            let program = try RunningProgram(
                TestServer.binary,
                ["serve"] + run.arguments,
                environment: run.environment,
                in: folder.url.path
            )
            #expect(try await Self.health(program, at: run.port) == 200)
            program.signal(15)
            #expect(try await program.exitStatus() == 0, "\(program.output)")
        }
        // What only the file says holds in all of them.
        let database = folder.path("data of the file/sautikit.sqlite")
        #expect(FileManager.default.fileExists(atPath: database))
        #expect(!FileManager.default.fileExists(atPath: folder.path("var")))
    }

    @Test func aBadSettingOfItIsNamed() async throws {
        let folder = try Self.folder(["SAUTIKIT_ROLES": "cook"])
        let program = try RunningProgram(TestServer.binary, ["serve"], in: folder.url.path)
        #expect(try await program.exitStatus() != 0)
        #expect(program.output.contains("SAUTIKIT_ROLES: 'cook' is not one of api, voice, worker"), "\(program.output)")
    }

    /// Operators' commands work on the same database as the server, so they read the same file.
    @Test func operatorsCommandsReadItToo() async throws {
        let folder = try Self.folder(["SAUTIKIT_DATA_DIR": "elsewhere"])
        let program = try RunningProgram(
            TestServer.binary,
            ["admin", "numbers", "list", "--json"],
            in: folder.url.path
        )
        #expect(try await program.exitStatus() == 0, "\(program.output)")
        #expect(FileManager.default.fileExists(atPath: folder.path("elsewhere/sautikit.sqlite")))
    }
}
