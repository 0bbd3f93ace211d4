import Foundation
import Platform
import TestSupport
import Testing

/// Test keys on a server as a company runs it: real trunks for live calls, a pretended carrier for theirs.
@Suite struct TestKeyTests {
    @Test func aTestCallIsMadeOnThePretendedCarrierAndALiveOneIsNot() async throws {
        let server = try await TestServer(settings: ["SAUTIKIT_TEST_CARRIER_PORT": "\(FreePort.any())"])
        let live = try await Customer(server)
        let made = try await server.ask(
            "POST",
            "/v1/api-keys",
            key: live.key,
            body: ["name": "ci", "mode": "test"]
        )
        guard case .string(let key)? = made.json["key"] else {
            Issue.record("\(made)")
            return
        }
        let number: JSONValue = ["number": "+254200900001"]
        #expect(try await server.ask("POST", "/v1/numbers", key: key, body: number).status == 201)
        let before = try await server.ask("GET", "/v1/wallet", key: live.key).json["balance_minor"]
        // Answers, and hangs up after a second.
        let placed = try await server.ask(
            "POST",
            "/v1/calls",
            key: key,
            body: ["from": "+254200900001", "to": "+254700000101"]
        )
        guard case .string(let id)? = placed.json["id"] else {
            Issue.record("\(placed)")
            return
        }
        let call = try await Waiting.until(within: .seconds(40)) { () -> JSONValue? in
            let call = try await server.ask("GET", "/v1/calls/\(id)", key: key).json["call"]
            return call?["ended_at"] == .null ? nil : call
        }
        #expect(call["status"] == "completed" && call["duration_seconds"] == 1, "\(call)")
        #expect(try await server.ask("GET", "/v1/calls/\(id)", key: live.key).status == 404)
        #expect(try await server.ask("GET", "/v1/wallet", key: live.key).json["balance_minor"] == before)
        // No trunk takes live calls, and the pretended carrier is none.
        let failed = try await live.end(try await live.call("+254700000101"))
        #expect(failed["status"] == "failed" && failed["cost_minor"] == 0, "\(failed)")
    }

    @Test func theOperatorDecidesOnPorting() async throws {
        let server = try await TestServer()
        let customer = try await Customer(server)
        func ask(_ method: String, _ path: String, _ body: JSONValue? = nil) async throws -> JSONValue {
            let answer = try await server.ask(method, path, key: customer.key, body: body)
            #expect((200...201).contains(answer.status), "\(path): \(answer)")
            return answer.json
        }
        let port = try await ask(
            "POST",
            "/v1/port-requests",
            ["numbers": ["+254201112233"], "carrier": "Other Telecom", "account_holder": "Acme Ltd"]
        )
        let id = try #require(port["id"]?.stringValue)
        for kind in ["bill", "letter_of_authorisation"] {
            // JSON is no PDF; the file is sent as it is.
            let refused = try await server.ask(
                "POST",
                "/v1/port-requests/\(id)/documents?kind=\(kind)",
                key: customer.key,
                body: "%PDF-1.4"
            )
            #expect(refused.status == 400 && refused.json["error"]?["code"] == "port_requests.document_type")
            try await upload("%PDF-1.4 \(kind)", kind, to: id, server, customer.key)
        }
        _ = try await ask("POST", "/v1/port-requests/\(id)/submit")
        let listed = try await server.admin("ports", "list")
        #expect(listed["port_requests"]?.elements.first?["id"] == .string(id))
        let folder = server.folder.path("papers")
        let files = try await server.admin("ports", "document", id, "--folder", folder)["files"]?.elements ?? []
        let texts = try files.map { try String(contentsOfFile: $0.stringValue ?? "", encoding: .utf8) }
        #expect(Set(texts) == ["%PDF-1.4 bill", "%PDF-1.4 letter_of_authorisation"])
        #expect(try await server.admin("ports", "reject", id, "--reason", "Too old")["status"] == "rejected")
        _ = try await ask("POST", "/v1/port-requests/\(id)/submit")
        #expect(try await server.admin("ports", "accept", id)["status"] == "accepted")
        #expect(try await server.admin("ports", "complete", id)["status"] == "completed")
        #expect(try await ask("GET", "/v1/numbers/+254201112233")["status"] == "active")
        #expect(try await server.admin("numbers", "suspend", "+254201112233")["status"] == "suspended")
        #expect(try await ask("GET", "/v1/numbers/+254201112233")["status"] == "suspended")
        #expect(try await server.admin("numbers", "resume", "+254201112233")["status"] == "active")
        let log = try await ask("GET", "/v1/audit?action_kind=number.suspended")["data"]?.elements.first
        #expect(log?["actor"]?["kind"] == "operator" && log?["address"] == .null)
    }

    private func upload(_ text: String, _ kind: String, to id: String, _ server: TestServer, _ key: String) async throws
    {
        let file = server.folder.path("\(kind).pdf")
        try Data(text.utf8).write(to: URL(filePath: file))
        let status = try await Command.run(
            "curl",
            [
                "-s", "-o", "/dev/null", "-w", "%{http_code}", "-H", "Authorization: Bearer \(key)",
                "--data-binary", "@\(file)", "\(server.url)/v1/port-requests/\(id)/documents?kind=\(kind)",
            ]
        )
        #expect(status == "201")
    }
}
