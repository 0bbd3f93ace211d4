import Foundation
import Platform
import Primitives
import Sandbox
import TestSupport
import Testing

/// Pulling what was paid (facts section 8).
@Suite(.timeLimit(.minutes(1))) struct MPesaPullTests {
    private static let register = "/pulltransactions/v1/register"
    private static let query = "/pulltransactions/v1/query"

    private static func pay(_ world: MPesaWorld, _ amount: Int64 = 10) async throws -> String {
        let document: JSONValue = [
            "phone": .string(MPesaWorld.ordinaryPhone), "amount": .integer(amount), "account": "A 1",
        ]
        return try await world.control("paybill", document).body["TransID"]?.stringValue ?? ""
    }

    @Test func registrationIsToldApartTheSecondTime() async throws {
        let world = try await MPesaWorld()
        let body = world.pullBody("2026-06-27 00:00:00", "2026-06-28 00:00:00")
        let early = try await world.call(Self.query, body)
        #expect(early.status == 400 && early.errorCode == "400.001")
        for code in ["1000", "1001"] {
            let answer = try await world.call(Self.register, world.pullRegisterBody())
            #expect(answer.status == 200 && answer.body["ResponseStatus"] == .string(code))
            #expect(answer.body["ShortCode"] == "174379")
        }
        let none = try await world.call(Self.query, body)
        #expect(none.status == 200 && none.body["ResponseCode"] == "1001")
        #expect(none.body["Response"] == [[]])
        let lax = try await MPesaWorld { $0.strictness.requiresPullRegistration = false }
        #expect(try await lax.call(Self.query, body).status == 200)
    }

    @Test(arguments: ["GET", "POST"]) func rowsAreAnArrayInAnArray(method: String) async throws {
        let world = try await MPesaWorld()
        _ = try await world.call(Self.register, world.pullRegisterBody())
        let receipt = try await Self.pay(world)
        let body = world.pullBody("2026-06-27 12:59:59", "2026-06-27 13:00:00")
        let answer = try await world.call(Self.query, body, method: method)
        #expect(answer.status == 200 && answer.body["ResponseCode"] == "1000")
        let rows = try #require(answer.body["Response"]?.elements.first?.elements)
        #expect(answer.body["Response"]?.elements.count == 1 && rows.count == 1)
        #expect(rows[0]["transactionId"] == .string(receipt))
        #expect(rows[0]["trxDate"] == "2026-06-27T10:00:00Z")
        #expect(rows[0]["msisdn"] == 711_000_111)
        #expect(rows[0]["transactiontype"] == "c2b-pay-bill-debit")
        #expect(rows[0]["billreference"] == "A 1")
        #expect(answer.text.contains(#""amount":10.00"#))
    }

    @Test func pagesHaveAHundredRows() async throws {
        let world = try await MPesaWorld { $0.strictness.pullsNationalNumbers = false }
        _ = try await world.call(Self.register, world.pullRegisterBody())
        var receipts: [String] = []
        for _ in 0..<205 { receipts.append(try await Self.pay(world, 1)) }
        #expect(Set(receipts).count == 205)
        var found: [String?] = []
        for (offset, count) in [("0", 100), ("100", 100), ("200", 5), ("205", 0)] {
            let body = world.pullBody("2026-06-27 00:00:00", "2026-06-28 00:00:00", offset: offset)
            let answer = try await world.call(Self.query, body)
            let rows = answer.body["Response"]?.elements.first?.elements ?? []
            #expect(rows.count == count && answer.body["ResponseCode"] == (count == 0 ? "1001" : "1000"))
            #expect(rows.allSatisfy { $0["msisdn"] == 254_711_000_111 })
            found += rows.map { $0["transactionId"]?.stringValue }
        }
        #expect(found == receipts)
    }

    @Test func whatIsOlderThanTwoDaysIsGone() async throws {
        let world = try await MPesaWorld()
        _ = try await world.call(Self.register, world.pullRegisterBody())
        _ = try await Self.pay(world)
        world.clock.advance(by: .seconds(48 * 3600))
        let body = world.pullBody("2026-06-01 00:00:00", "2026-07-01 00:00:00")
        #expect(try await world.call(Self.query, body).body["ResponseCode"] == "1000")
        world.clock.advance(by: .seconds(1))
        #expect(try await world.call(Self.query, body).body["ResponseCode"] == "1001")
    }

    @Test func reversalsAreNotPulled() async throws {
        let world = try await MPesaWorld()
        _ = try await world.call(Self.register, world.pullRegisterBody())
        let receipt = try await Self.pay(world)
        _ = try await world.call("/mpesa/reversal/v1/request", world.reversalBody(receipt, amount: 10))
        _ = try await world.sink.arrivals("/result")
        let body = world.pullBody("2026-06-27 00:00:00", "2026-06-28 00:00:00")
        let rows = try await world.call(Self.query, body).body["Response"]?.elements.first?.elements
        #expect(rows?.map { $0["transactionId"] } == [.string(receipt)])
    }

    @Test(arguments: [
        ("register", "ShortCode", "600000" as JSONValue), ("register", "RequestType", "Push"),
        ("register", "NominatedNumber", "12"), ("register", "CallBackURL", .null), ("query", "ShortCode", "600000"),
        ("query", "StartDate", "2026-06-27T00:00:00"), ("query", "StartDate", "2026-13-27 00:00:00"),
        ("query", "EndDate", "2026-06-26 00:00:00"), ("query", "OffSetValue", "-1"), ("query", "OffSetValue", "x"),
    ])
    func aWrongFieldIsNamed(call: String, field: String, value: JSONValue) async throws {
        let world = try await MPesaWorld { $0.strictness.requiresPullRegistration = false }
        let right =
            call == "query"
            ? world.pullBody("2026-06-27 00:00:00", "2026-06-28 00:00:00") : world.pullRegisterBody()
        let answer = try await world.call("/pulltransactions/v1/\(call)", MPesaWorld.changed(right, [field: value]))
        #expect(answer.status == 400 && answer.errorCode == "400.001", "\(answer.text)")
        #expect(answer.body["errorMessage"] == .string("Bad Request - Invalid \(field)"))
    }
}
