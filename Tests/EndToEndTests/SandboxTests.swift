import Foundation
import Platform
import Sandbox
import TestSupport
import Testing

/// The server and its sandbox carrier, as a newcomer has them.
@Suite(.timeLimit(.minutes(3))) struct SandboxTests {
    @Test func theQuickstartChecksEveryStep() async throws {
        let server = try await TestServer(isSandbox: true)
        let result = try await server.run("quickstart", "--url", server.url)
        #expect(result.status == 0, "\(result.output)")
        #expect(result.output.contains("New balance"))
        let wrong = try await server.run(
            "quickstart",
            "--url",
            server.url,
            "--key",
            "tsk_live_00000000000000000000000000000000"
        )
        #expect(wrong.status != 0)
        #expect(try await server.stop() == 0)
    }

    @Test func everyEndIsTold() async throws {
        let server = try await TestServer(isSandbox: true)
        let customer = try await Customer(server)
        let expectations: [(number: String, status: String, cause: String, events: [JSONMember])] = [
            ("+254700000003", "busy", "user_busy", []), ("+254700000004", "failed", "call_rejected", []),
            ("+254700000005", "no_answer", "no_answer", [JSONMember("ring_timeout_seconds", 5)]),
            ("+254700000006", "failed", "normal_temporary_failure", []),
            ("+254700000007", "failed", "unallocated_number", []),
            ("+254700000101", "completed", "normal_clearing", []),
        ]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for expected in expectations {
                group.addTask {
                    let call = try await customer.end(try await customer.call(expected.number, expected.events))
                    #expect(call["status"] == .string(expected.status), "\(expected.number): \(call.text)")
                    #expect(call["hangup_cause"] == .string(expected.cause), "\(expected.number)")
                    let isBilled = expected.status == "completed"
                    #expect(call["cost_minor"] == (isBilled ? 5 : 0), "\(expected.number)")
                    #expect(call["duration_seconds"] == (isBilled ? 1 : 0), "\(expected.number)")
                }
            }
            try await group.waitForAll()
        }
        let balance = try await customer.balance()
        #expect(balance == .integer(100_000 - customer.rentalMinor - 5))
        #expect(try await server.run(admin: ["ledger", "check"]).status == 0)
    }

    @Test func keysLossAndEarlyMediaAreOnTheTimeline() async throws {
        let server = try await TestServer(isSandbox: true)
        let customer = try await Customer(server)
        let ids = try await [
            customer.call("+254700000008"), customer.call("+254700000009"), customer.call("+254700000011"),
        ]
        try await Waiting.until {
            try await Self.kinds(customer.read(ids[0])).filter { $0 == "media.digit" }.count == 5 ? true : nil
        }
        try await Waiting.until { try await Self.kinds(customer.read(ids[2])).contains("call.answered") ? true : nil }
        #expect(try await Self.kinds(customer.read(ids[2])).contains("sip.early_media"))
        let before = Date()
        try await Waiting.until { Date().timeIntervalSince(before) > 3 ? true : nil }
        for id in ids {
            #expect(try await server.ask("POST", "/v1/calls/\(id)/hangup", key: customer.key).status == 200)
        }
        let lossy = try await customer.end(ids[1])
        guard case .array(let events)? = lossy["events"],
            let quality = events.first(where: { $0["kind"] == "media.quality" })?["payload"],
            case .integer(let lost)? = quality["packets_lost"],
            case .integer(let received)? = quality["packets_received"]
        else {
            Issue.record("no quality: \(lossy.text)")
            return
        }
        let percent = 100 * Double(lost) / Double(lost + received)
        #expect((4.0...22.0).contains(percent), "\(percent) % lost of \(lost + received)")
    }

    @Test func aKilledServerBillsOnceAndTellsAfterItsRestart() async throws {
        let server = try await TestServer(isSandbox: true)
        let customer = try await Customer(server)
        let id = try await customer.call("+254700000001")
        _ = try await customer.wait(id, for: ["answered"])
        let answered = Date()
        try await Waiting.until { Date().timeIntervalSince(answered) > 2.5 ? true : nil }
        try await server.kill()
        try await server.restart()
        let call = try await customer.end(id)
        #expect(call["status"] == "completed")
        guard case .integer(let seconds)? = call["duration_seconds"], case .integer(let cost)? = call["cost_minor"]
        else {
            Issue.record("\(call.text)")
            return
        }
        #expect((1...4).contains(seconds) && cost == seconds * 5)
        let told = try await customer.sink.data(of: "call.completed")
        #expect(told["call_id"] == .string(id) && told["duration_seconds"] == .integer(seconds))
        let balance = try await customer.balance()
        #expect(balance == .integer(100_000 - customer.rentalMinor - cost))
        #expect(try await server.run(admin: ["ledger", "check"]).status == 0)
    }

    @Test func theTableOfNumbersIsTheDocumentsOwn() throws {
        let document = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/sandbox.md")
        let text = try String(contentsOf: document, encoding: .utf8)
        for entry in SandboxNumbers.special { #expect(text.contains("| `\(entry.number)` | \(entry.meaning) |")) }
        #expect(text.components(separatedBy: "| `+2547").count - 1 == SandboxNumbers.special.count)
    }

    static func kinds(_ call: JSONValue) -> [String] {
        guard case .array(let events)? = call["events"] else { return [] }
        return events.compactMap { if case .string(let kind)? = $0["kind"] { kind } else { nil } }
    }
}
