import Foundation
import Logging
import Platform
import Primitives
import Server
import TestSupport
import Testing

/// Asks a real server, by schemathesis, whatever its contract allows and forbids: no check may fail, and nothing may be our
/// fault. `make fuzz-api` asks much longer.
@Suite(.serialized) struct ContractFuzzTests {
    /// What one run is about: how many examples of each operation, and how long it may take.
    private static let examples = ProcessInfo.processInfo.environment["FUZZ_API_EXAMPLES"].flatMap { Int($0) } ?? 3

    @Test(arguments: TestDatabase.Engine.allCases)
    func theServerKeepsItsContract(engine: TestDatabase.Engine) async throws {
        // Without the roles voice and worker nothing leaves the machine: no call, no webhook, no mail.
        var settings = [
            "SAUTIKIT_ROLES": "api", "SAUTIKIT_MAX_CONCURRENT_CALLS": "0",
            "SAUTIKIT_SIGN_IN_REQUESTS_PER_MINUTE": "1000000000", "SAUTIKIT_REQUESTS_PER_MINUTE": "1000000000",
            "SAUTIKIT_PRICING_REQUESTS_PER_MINUTE": "1000000000",
            // Top-ups are accepted; nobody asks a phone.
            "SAUTIKIT_MPESA_URL": "http://127.0.0.1:9", "SAUTIKIT_PUBLIC_URL": "https://api.example.co.ke",
            "SAUTIKIT_MPESA_CONSUMER_KEY": "key", "SAUTIKIT_MPESA_CONSUMER_SECRET": "secret",
            "SAUTIKIT_MPESA_SHORTCODE": "600000", "SAUTIKIT_MPESA_PASSKEY": "passkey",
        ]
        if engine == .postgres {
            settings["SAUTIKIT_DATABASE_URL"] = try await PostgreSQLCluster.shared.value.createDatabase()
        }
        let server = try await TestServer(settings: settings)
        let access = try await FuzzAccess(server, databaseURL: settings["SAUTIKIT_DATABASE_URL"])
        let report = server.folder.path("report.json")
        let here = URL(filePath: #filePath).deletingLastPathComponent()
        let folder = here.appending(path: "Fuzzing").path
        let root = here.deletingLastPathComponent().deletingLastPathComponent()
        let program = try RunningProgram(
            root.appending(path: ".build/test-tools/bin/schemathesis").path,
            [
                "--config-file", "\(folder)/schemathesis.toml", "run", "\(server.url)/v1/openapi.json", "--no-color",
                "--max-examples", "\(Self.examples)",
            ],
            environment: [
                "FUZZ_URL": server.url, "FUZZ_REPORT": report, "FUZZ_KEY": access.key, "FUZZ_KEY_ID": access.keyID,
                "FUZZ_SESSION": access.session, "FUZZ_NUMBER": FuzzAccess.number, "PYTHONPATH": folder,
                "PYTHONDONTWRITEBYTECODE": "1",
            ],
            in: server.folder.path(".")
        )
        let status = try await program.exitStatus(within: .seconds(3600))
        #expect(status == 0, "\(program.output.suffix(20_000))")
        // What the run was made with still works, so it was not made of refusals.
        #expect(try await server.ask("GET", "/v1/wallet", key: access.key).status == 200)
        let person = ["Cookie": "sk_session=\(access.session)"]
        #expect(try await server.ask("GET", "/v1/me", headers: person).status == 200)
        let data = try Data(contentsOf: URL(filePath: report))
        let count = try JSONValue(parsing: data)["test_cases"]?["generated"]?.integer ?? 0
        #expect(count >= 1000, "only \(count) requests were made")
        let line = "schemathesis on \(engine): \(count) requests, exit \(status)\n"
        FileHandle.standardError.write(Data(line.utf8))
    }
}
