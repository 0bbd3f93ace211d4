import Foundation
import Platform
import TestSupport
import Testing

/// The examples of the service's own documentation, unchanged but for the base URL and the key.
@Suite(.timeLimit(.minutes(2))) struct ClientExampleTests {
    @Test(arguments: [("node", "place-call.mjs"), ("/usr/bin/python3", "place_call.py")])
    func theDocumentedExampleRuns(program: String, file: String) async throws {
        let server = try await TestServer(isSandbox: true)
        let customer = try await Customer(server)
        let example = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Examples/\(file)")
        let text = try String(contentsOf: example, encoding: .utf8)
            .replacingOccurrences(of: "https://api.sautikit.com", with: server.url)
            .replacingOccurrences(of: "+254200000001", with: Customer.number)
        let folder = try TemporaryFolder("example")
        try text.write(toFile: folder.path(file), atomically: true, encoding: .utf8)
        let run = try RunningProgram(program, [folder.path(file)], environment: ["SAUTIKIT_API_KEY": customer.key])
        #expect(try await run.exitStatus() == 0, "\(run.output)")
        #expect(run.output.contains("initiated, status: initiated"), "\(run.output)")
        let calls = try await server.ask("GET", "/v1/calls", key: customer.key).json["data"]
        guard case .array(let list)? = calls else {
            Issue.record("no calls")
            return
        }
        #expect(list.count == 1)
    }
}
