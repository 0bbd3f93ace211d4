import HTTPTypes
import HummingbirdTesting
import Platform
import Primitives
import TestSupport
import Testing
import WebSupport

/// `dry_run: true` over HTTP, on everything that spends.
@Suite struct DryRunTests {
    @Test(arguments: TestDatabase.Engine.allCases, ["/v1/calls", "/v1/calls/originate"])
    func aCallIsQuoted(engine: TestDatabase.Engine, path: String) async throws {
        let world = try await APIWorld(engine)
        try await world.claimNumber()
        try await world.serving { client in
            let body = #"{"from": "+254200000001", "to": "0712345678", "max_cost_minor": 5000, "dry_run": true}"#
            let headers: HTTPFields = [.idempotencyKey: "order-1"]
            let quote = try await world.ask(client, .post, path, body, headers: headers)
            #expect(quote.status == 200 && quote.json["verdict"] == ["allowed": true, "error": .null])
            #expect(quote.json["price"]?["rate_per_minute_minor"] == 300)
            #expect(quote.json["price"]?["max_duration_seconds"] == 1000)
            #expect(quote.json["route"]?["to"] == "+254712345678" && quote.json["route"]?["trunk"] == .null)
            #expect(try await world.ask(client, .get, "/v1/calls").json["data"] == [])
            #expect(try await world.ask(client, .get, "/v1/wallet").json["held_minor"] == 0)
            // The key is not used up by a quote.
            let real = #"{"from": "+254200000001", "to": "0712345678", "max_cost_minor": 5000}"#
            let placed = try await world.ask(client, .post, path, real, headers: headers)
            #expect(placed.status == 201 && placed.headers[.idempotentReplay] == nil)
        }
    }

    @Test func whatTheActionsDialIsQuotedToo() async throws {
        let world = try await APIWorld()
        try await world.claimNumber()
        try await world.serving { client in
            let actions = #"[{"dial": {"number": "+254722000111", "timeLimit": 60}}, {"dial": {"device": "u2"}}]"#
            let body = #"{"from": "+254200000001", "to": "+254712345678", "dry_run": true, "actions": \#(actions)}"#
            let quote = try await world.ask(client, .post, "/v1/calls", body)
            #expect(quote.json["price"]?["legs_max_cost_minor"] == 300)
            let plain = #"{"from": "+254200000001", "to": "+254712345678", "dry_run": true}"#
            let none = try await world.ask(client, .post, "/v1/calls", plain)
            #expect(none.json["price"]?["legs_max_cost_minor"] == 0)
        }
    }

    /// A URI that is not on the operator's list, wherever it is asked for.
    @Test func aSIPURIThatIsNotListedIsRefusedBeforeAnythingIsPlaced() async throws {
        let world = try await APIWorld()
        try await world.claimNumber()
        try await world.serving { client in
            let actions = #"[{"pause": {}}, {"dial": {"sip": "sip:desk@pbx.example.com"}}]"#
            let body = #"{"from": "+254200000001", "to": "+254712345678", "actions": \#(actions)}"#
            let refused = try await world.ask(client, .post, "/v1/calls", body)
            #expect(refused.status == 403 && refused.json["error"]?["code"] == "calls.sip_not_allowed")
            #expect(refused.json["error"]?["field"] == "actions[1].dial.sip")
            let checked = try await world.ask(client, .post, "/v1/voice-actions/validate", actions)
            #expect(checked.status == 200 && checked.json["valid"] == false)
            let fault = checked.json["errors"]?.elements.first
            #expect(fault?["path"] == "actions[1].dial.sip" && fault?["code"] == "calls.sip_not_allowed")
            let channels = #"{"from": "+254200000001", "to": "+254712345678", "recording_channels": "stereo"}"#
            let wrong = try await world.ask(client, .post, "/v1/calls", channels)
            #expect(wrong.status == 400 && wrong.json["error"]?["field"] == "recording_channels")
            #expect(try await world.ask(client, .get, "/v1/calls").json["data"] == [])
        }
    }

    /// The error in the verdict is the error of the thing itself but for the id of the request.
    @Test func aVerdictHasTheSameError() async throws {
        let world = try await APIWorld()
        try await world.claimNumber()
        let bodies = [
            ("/v1/calls", #""from": "+254200000001", "to": "999""#),
            ("/v1/calls", #""from": "+254200000002", "to": "+254712345678""#),
            ("/v1/calls", #""from": "+254200000001", "to": "+254900123456""#),
            ("/v1/calls", #""from": "+254200000001", "to": "+254712345678", "max_cost_minor": 1"#),
            ("/v1/numbers", #""number": "+254299999999""#), ("/v1/numbers", #""number": "+254200000001""#),
        ]
        try await world.serving { client in
            for (path, fields) in bodies {
                let quote = try await world.ask(client, .post, path, "{\(fields), \"dry_run\": true}")
                let real = try await world.ask(client, .post, path, "{\(fields)}")
                #expect(quote.status == 200 && quote.json["verdict"]?["allowed"] == false, "\(fields)")
                let (told, got) = (quote.json["verdict"]?["error"], real.json["error"])
                for name in ["code", "message", "remedy", "doc_url", "field", "errors"] {
                    #expect(told?[name] == got?[name], "\(fields): \(name)")
                }
                #expect(real.status >= 400)
            }
            let unreadable = [
                ("/v1/calls", #""from": "x", "to": "999""#), ("/v1/numbers", #""number": "nonsense""#),
                ("/v1/topups", #""amount_minor": 50, "phone_e164": "+254722000001""#),
                (
                    "/v1/calls",
                    #""from": "+254200000001", "to": "+254712345678", "actions": [{"aiAgent": {"agentId": "x"}}]"#
                ),
            ]
            for (path, fields) in unreadable {
                let answer = try await world.ask(client, .post, path, "{\(fields), \"dry_run\": true}")
                #expect(answer.status == 400, "\(fields)")
            }
            let odd = try await world.ask(client, .post, "/v1/calls", #"{"dry_run": "yes"}"#)
            #expect(odd.status == 400 && odd.json["error"]?["field"] == "dry_run")
            let fields = #"{"from": "+254200000001", "to": "+254712345678", "dry_run": true}"#
            let key = try await world.ask(
                client,
                .post,
                "/v1/calls",
                fields,
                headers: [.idempotencyKey: "no key"]
            )
            #expect(key.status == 400)
        }
    }

    @Test(arguments: ["/v1/numbers", "/v1/numbers/claim", "/v1/numbers/available/claim"])
    func aClaimIsQuoted(path: String) async throws {
        let world = try await APIWorld()
        try await world.serving { client in
            let both = #"{"numbers": ["+254200000001", "+254200000002"], "dry_run": true}"#
            let quote = try await world.ask(client, .post, path, both)
            #expect(quote.status == 200 && quote.json["price"]?["total_minor"] == 3092)
            #expect(quote.json["price"]?["vat_minor"] == 426 && quote.json["price"]?["charges"]?.elements.count == 2)
            #expect(try await world.ask(client, .get, "/v1/numbers").json["numbers"] == [])
            let claimed = try await world.ask(client, .post, path, #"{"numbers": ["+254200000001", "+254200000002"]}"#)
            #expect(claimed.json["total_minor"] == quote.json["price"]?["total_minor"])
            let again = try await world.ask(client, .post, path, both)
            #expect(again.json["verdict"]?["error"]?["code"] == "numbers.already_claimed")
            #expect(again.json["price"]?["total_minor"] == 3092 && again.json["price"]?["numbers"] == [])
        }
    }

    @Test func aClaimByItsPathAndATopupAreQuoted() async throws {
        let world = try await APIWorld()
        try await world.serving { client in
            let available = try await world.ask(client, .get, "/v1/numbers/available")
            let id = try #require(available.json["available"]?.elements.first?["id"]?.stringValue)
            let claim = try await world.ask(client, .post, "/v1/numbers/\(id)/claim", #"{"dry_run": true}"#)
            #expect(claim.status == 200 && claim.json["price"]?["numbers"] == ["+254200000001"])
            let body = #"{"amount_minor": 10000, "phone_e164": "+254722000001", "dry_run": true}"#
            let topup = try await world.ask(client, .post, "/v1/topups", body)
            #expect(topup.json == ["dry_run": true, "verdict": ["allowed": true, "error": .null]])
            #expect(try await world.ask(client, .get, "/v1/topups").json["data"] == [])
            let log = try await world.ask(client, .get, "/v1/audit").json["data"]?.elements ?? []
            #expect(log.map { $0["action_kind"]?.stringValue } == ["workspace.opened"])
        }
    }
}
