import Foundation
import Platform
import Primitives
import Sandbox
import TestSupport
import Testing

/// The table of phones: what happens, and what the documentation says.
@Suite(.timeLimit(.minutes(1))) struct MPesaFateTests {
    @Test(arguments: [
        ("254700000200", "0"), ("254700000201", "1"), ("254700000202", "1032"), ("254700000203", "2001"),
        ("254700000204", "1037"), ("254700000205", "1019"), ("254700000206", "17"), ("254700000207", "1025"),
        ("254700000208", "1001"), ("254700000209", "9999"), ("254700000210", "26"), ("254700000211", "2"),
        ("254700000212", "3"), ("254700000213", "4"), ("254700000214", "8"), ("254700000215", "2028"),
        ("254700000216", "8006"), ("254700000217", "SFC_IC0003"), ("254700000218", "1036"),
        ("254700000219", "7777"), ("254711000111", "0"), ("254110000111", "0"),
    ])
    func aPhoneEndsAPaymentAsTheTableSays(phone: String, code: String) async throws {
        let world = try await MPesaWorld()
        let id = try await world.push(phone: phone)
        let arrival = try #require(try await world.sink.arrivals("/stk").first)
        let callback = try #require(arrival.body.at("Body", "stkCallback"))
        #expect(callback["ResultCode"] == (Int64(code).map { .integer($0) } ?? .string(code)))
        #expect(callback["ResultDesc"]?.stringValue?.isEmpty == false)
        #expect((callback["CallbackMetadata"] != nil) == (code == "0"))
        let query = try await world.query(id)
        #expect(query.status == 200 && query.body["ResultCode"] == .string(code), "\(query.text)")
        let payments = try await world.payments()
        #expect(payments["balance"] == (code == "0" ? 10 : 0))
        #expect(payments["payments"]?.elements.first?["status"] == (code == "0" ? "paid" : "failed"))
    }

    @Test func theWordsOfCallbackAndQueryDiffer() async throws {
        let world = try await MPesaWorld()
        let id = try await world.push(phone: "254700000202")
        let arrival = try #require(try await world.sink.arrivals("/stk").first)
        #expect(arrival.body.at("Body", "stkCallback", "ResultDesc") == "Request cancelled by user")
        #expect(try await world.query(id).body["ResultDesc"] == "Request Cancelled by user.")
    }

    @Test func onePhoneNeverEndsAndOneIsAlwaysLocked() async throws {
        let world = try await MPesaWorld()
        let id = try await world.push(phone: "254700000220")
        _ = try await world.push()
        _ = try await world.sink.arrivals("/stk")
        #expect(try await world.query(id).body["ResultCode"] == "4999")
        let path = "/mpesa/stkpush/v1/processrequest"
        let again = try await world.call(path, world.stkBody(phone: "254700000220"))
        #expect(again.errorCode == "500.001.1001")
        world.clock.advance(by: .seconds(60))
        #expect(try await world.push(phone: "254700000220").hasPrefix("ws_CO_"))
        let locked = try await world.call(path, world.stkBody(phone: "254700000221"))
        #expect(locked.status == 500 && locked.body["errorMessage"]?.stringValue?.hasPrefix("Unable to lock") == true)
        #expect(world.sink.all.count == 1)
    }

    @Test func theDocumentationHasTheSameTable() async throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try String(contentsOf: root.appending(path: "docs/sandbox.md"), encoding: .utf8)
        let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `25470000") }
        #expect(rows == SandboxPhones.special.map { "| `\($0.number)` | \($0.meaning) |" })
        #expect(MPesaFault.allCases.filter { !page.contains("| `\($0.rawValue)` |") } == [])
        let world = try await MPesaWorld()
        let served = try await world.send("GET", "/control/phones").body["phones"]?.elements ?? []
        #expect(served.map { $0["number"]?.stringValue } == SandboxPhones.special.map(\.number))
        #expect(Set(SandboxPhones.special.map(\.number)).count == SandboxPhones.special.count)
    }
}
