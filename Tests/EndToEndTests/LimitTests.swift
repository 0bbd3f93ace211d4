import Foundation
import Platform
import TestSupport
import Testing

/// Limits on a real server with real calls, and the operator's commands for them.
@Suite(.timeLimit(.minutes(3))) struct LimitTests {
    /// `+254700000001` answers and talks on.
    private static let talker = "+254700000001"

    @Test func callsEndAtTheirCapAndAtTheLongest() async throws {
        let server = try await TestServer(isSandbox: true)
        let customer = try await Customer(server)
        let capped = try await customer.call(Self.talker, [JSONMember("max_cost_minor", 10)])
        #expect(try await server.ask("GET", "/v1/wallet", key: customer.key).json["held_minor"] == 10)
        let ended = try await customer.end(capped)
        #expect(ended["status"] == "completed" && ended["hangup_cause"] == "max_cost", "\(ended.text)")
        #expect(ended["duration_seconds"] == 2 && ended["cost_minor"] == 10, "\(ended.text)")
        let set = try await server.ask("PATCH", "/v1/limits", key: customer.key, body: ["longest_call_seconds": 1])
        #expect(set.status == 200 && set.json["effective"]?["longest_call_seconds"] == 1)
        let long = try await customer.end(try await customer.call(Self.talker))
        #expect(long["hangup_cause"] == "max_duration" && long["cost_minor"] == 5, "\(long.text)")
        let wallet = try await server.ask("GET", "/v1/wallet", key: customer.key).json
        #expect(wallet["held_minor"] == 0 && wallet["balance_minor"] == .integer(100_000 - customer.rentalMinor - 15))
        #expect(try await server.run(admin: ["ledger", "check"]).status == 0)
    }

    @Test func aKilledNodesHoldComesBack() async throws {
        let server = try await TestServer(isSandbox: true)
        let customer = try await Customer(server)
        let id = try await customer.call(Self.talker, [JSONMember("max_cost_minor", 50_00)])
        _ = try await customer.wait(id, for: ["answered"])
        try await server.kill()
        try await server.restart()
        let ended = try await customer.end(id)
        let cost = try #require(ended["cost_minor"]?.integer)
        let wallet = try await server.ask("GET", "/v1/wallet", key: customer.key).json
        #expect(wallet["held_minor"] == 0 && wallet["balance_minor"] == .integer(100_000 - customer.rentalMinor - cost))
        #expect(try await server.run(admin: ["ledger", "check"]).status == 0)
    }

    @Test func theOperatorSetsAndTakesAwayLimits() async throws {
        let server = try await TestServer()
        let customer = try await Customer(server)
        let workspace = try #require(
            try await server.ask("GET", "/v1/wallet", key: customer.key).json["workspace_id"]?.stringValue
        )
        let set = try await server.admin(
            "limits",
            "set",
            workspace,
            "--calls-per-second",
            "3",
            "--countries",
            "KE,UG",
            "--high-risk-prefixes",
            "+881"
        )
        #expect(set["effective"]?["calls_per_second"] == 3 && set["operator"]?["countries"] == ["KE", "UG"])
        #expect(set["effective"]?["high_risk_prefixes"] == [])
        let seen = try await server.ask("GET", "/v1/limits", key: customer.key).json
        #expect(seen["operator"]?["high_risk_prefixes"] == ["+881"] && seen["effective"] == set["effective"])
        let none = try await server.admin("limits", "set", workspace, "--countries", "none")
        #expect(none["operator"]?["countries"] == .null && none["operator"]?["calls_per_second"] == 3)
        let shown = try await server.run(admin: ["limits", "show", workspace])
        #expect(shown.status == 0 && shown.output.contains("calls_per_second        3"), "\(shown.output)")
        let bad = try await server.run(admin: ["limits", "set", workspace, "--countries", "Kenya"])
        #expect(bad.status != 0 && bad.output.contains("Kenya"), "\(bad.output)")
        let odd = try await server.run(admin: ["limits", "set", workspace, "--calls-per-second", "many"])
        #expect(odd.status != 0 && odd.output.contains("many"), "\(odd.output)")
    }
}
