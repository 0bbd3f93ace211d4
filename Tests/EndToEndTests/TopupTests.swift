import Foundation
import Platform
import TestSupport
import Testing

/// Money by M-Pesa: the server and its sandbox, every phone of which does something else.
@Suite(.timeLimit(.minutes(3))) struct TopupTests {
    /// Where the sandbox's M-Pesa is, as the greeting says.
    static func desk(_ server: TestServer) async throws -> String {
        try await Waiting.until {
            server.output.split(separator: "\n").first { $0.contains("M-Pesa") }?.split(separator: " ")
                .first { $0.hasPrefix("http://") }.map(String.init)
        }
    }

    static func topUp(_ customer: Customer, _ last: Int, key: String? = nil) async throws -> JSONValue {
        let asked = try await customer.server.ask(
            "POST",
            "/v1/topups",
            key: key ?? customer.key,
            body: ["provider": "mpesa", "amount_minor": 50_000, "phone_e164": .string("+254700000\(last)")]
        )
        #expect(asked.status == 201, "\(last): \(asked)")
        let id = try #require(asked.json["topup_id"]?.stringValue)
        return try await Waiting.until(within: .seconds(90)) { () -> JSONValue? in
            let topup = try await customer.server.ask("GET", "/v1/topups/\(id)", key: key ?? customer.key).json
            return topup["status"] == "pending" ? JSONValue?.none : topup
        }
    }

    @Test func everyPhoneEndsAsItShouldAndMoneyComesOnce() async throws {
        let server = try await TestServer(isSandbox: true)
        let customer = try await Customer(server)
        let before = try #require(try await customer.balance().integer)
        let failures = [
            201: "insufficient_funds", 202: "cancelled", 203: "wrong_pin", 204: "unreachable", 205: "timed_out",
            206: "limit_exceeded", 207: "refused", 208: "unreachable", 211: "limit_exceeded", 215: "refused",
            216: "wrong_pin", 217: "refused", 218: "unreachable",
        ]
        // Lost, doubled, late, early, forged, overtaken, misnamed; a lost answer; a token that ends, a busy line; lying queries.
        let paying = [200, 230, 231, 232, 233, 234, 235, 236, 237, 239, 240, 241, 242]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (last, reason) in failures {
                group.addTask {
                    let topup = try await Self.topUp(customer, last)
                    #expect(
                        topup["status"] == "failed" && topup["failure_reason"] == .string(reason),
                        "\(last): \(topup)"
                    )
                }
            }
            for last in paying {
                group.addTask {
                    let topup = try await Self.topUp(customer, last)
                    #expect(topup["status"] == "confirmed", "\(last): \(topup)")
                }
            }
            try await group.waitForAll()
        }
        // Every callback has come: one of them is lost, and one comes twice; and what is forged, and each at the Paybill.
        let desk = try await Self.desk(server)
        let (pushes, money) = (failures.count + paying.count, paying.count)
        try await Waiting.until(within: .seconds(30)) {
            let (_, data, _) = try await server.fetch("GET", desk + "/control/payments")
            let told = try JSONValue(parsing: data)["deliveries"]?.elements ?? []
            func count(_ kind: String) -> Int { told.count { $0["kind"]?.stringValue == kind } }
            let all = count("stk_callback") >= pushes && count("confirmation") >= money && count("forged") >= 2
            return all ? true : nil
        }
        let after = try #require(try await customer.balance().integer)
        #expect(after - before == Int64(paying.count) * 50_000)
        let receipts = try await server.ask("GET", "/v1/topups?status=confirmed&limit=100", key: customer.key).json[
            "data"
        ]
        let known = Set((receipts?.elements ?? []).compactMap { $0["provider_reference"]?.stringValue })
        #expect(known.count == paying.count)
        #expect(try await server.run(admin: ["ledger", "check"]).status == 0)
        let waiting = try await server.admin("payments", "list")
        #expect(waiting["payments"] == [], "\(waiting)")
    }

    @Test func aPaybillPaymentFindsItsWorkspaceOrTheOperator() async throws {
        let server = try await TestServer(isSandbox: true)
        let customer = try await Customer(server)
        let desk = try await Self.desk(server)
        let before = try #require(try await customer.balance().integer)
        let page = try await server.ask(
            "POST",
            "/v1/topups",
            key: customer.key,
            body: [
                "amount_minor": 10_000, "phone_e164": "+254700000202",
            ]
        )
        let reference = try #require(page.json["mpesa_account_ref"]?.stringValue)
        for account in [reference.lowercased(), "rent for June"] {
            let paid = try await server.fetch(
                "POST",
                desk + "/control/paybill",
                body: [
                    "phone": "254711000111", "account": .string(account), "amount": 750,
                ]
            )
            #expect(paid.status == 200, "\(String(decoding: paid.data, as: UTF8.self))")
        }
        try await Waiting.until { try await customer.balance().integer == before + 75_000 ? true : nil }
        let waiting = try await Waiting.until { () -> JSONValue? in
            try await server.admin("payments", "list")["payments"]?.elements.first
        }
        #expect(waiting["account"] == "rent for June" && waiting["amount_minor"] == 75_000)
        let receipt = try #require(waiting["receipt"]?.stringValue)
        let workspace = try #require(
            try await server.ask("GET", "/v1/wallet", key: customer.key).json["workspace_id"]?.stringValue
        )
        _ = try await server.admin("payments", "resolve", receipt, "--workspace", workspace)
        #expect(try await customer.balance().integer == before + 150_000)
        #expect(try await server.run(admin: ["payments", "resolve", receipt, "--workspace", workspace]).status != 0)
        #expect(try await server.run(admin: ["ledger", "check"]).status == 0)
    }

    @Test func testKeysGetPlayMoneyOnAnyServer() async throws {
        let server = try await TestServer()
        let live = try await Customer(server)
        let made = try await server.ask("POST", "/v1/api-keys", key: live.key, body: ["name": "ci", "mode": "test"])
        let key = try #require(made.json["key"]?.stringValue)
        let before = try #require(try await server.ask("GET", "/v1/wallet", key: key).json["balance_minor"]?.integer)
        let liveBefore = try await live.balance()
        let topup = try await Self.topUp(live, 200, key: key)
        #expect(topup["status"] == "confirmed", "\(topup)")
        #expect(try await server.ask("GET", "/v1/wallet", key: key).json["balance_minor"]?.integer == before + 50_000)
        #expect(try await live.balance() == liveBefore)
        let refused = try await server.ask(
            "POST",
            "/v1/topups",
            key: live.key,
            body: ["amount_minor": 50_000, "phone_e164": "+254700000200"]
        )
        #expect(refused.status == 503 && refused.json["error"]?["code"] == "topups.unavailable")
    }
}
