import HTTPTypes
import HummingbirdTesting
import Platform
import Primitives
import TestSupport
import Testing
import WebSupport

/// Limits over HTTP: the workspace's own, and those of keys.
@Suite struct LimitTests {
    @Test(arguments: TestDatabase.Engine.allCases)
    func anOwnerSetsStricterLimitsAndTakesThemAway(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        try await world.claimNumber()
        try await world.serving { client in
            let first = try await world.ask(client, .get, "/v1/limits")
            #expect(
                first.json["effective"]?["max_concurrent_calls"] == 100
                    && first.json["workspace"]?["countries"] == .null
            )
            #expect(first.json["effective"]?["longest_call_seconds"] == 14_400)
            let set = try await world.ask(
                client,
                .patch,
                "/v1/limits",
                #"{"max_concurrent_calls": 1, "countries": ["UG"], "spend_per_day_minor": 500000}"#
            )
            #expect(set.status == 200 && set.json["effective"]?["max_concurrent_calls"] == 1)
            let call = #"{"from": "+254200000001", "to": "+254712345678"}"#
            let refused = try await world.ask(client, .post, "/v1/calls", call)
            #expect(refused.status == 403 && refused.json["error"]?["code"] == "calls.country_not_allowed")
            let lifted = try await world.ask(client, .patch, "/v1/limits", #"{"countries": null}"#)
            #expect(
                lifted.json["workspace"]?["countries"] == .null
                    && lifted.json["workspace"]?["max_concurrent_calls"] == 1
            )
            let dear = try await world.ask(
                client,
                .post,
                "/v1/calls",
                #"{"from": "+254200000001", "to": "+254712345678", "max_cost_minor": 90000}"#
            )
            #expect(dear.status == 201 && dear.json["max_cost_minor"] == 90_000)
            let wallet = try await world.ask(client, .get, "/v1/wallet")
            #expect(wallet.json["held_minor"] == 90_000)
            let busy = try await world.ask(client, .post, "/v1/calls", call)
            #expect(busy.status == 429 && busy.json["error"]?["code"] == "calls.too_many_concurrent")
            let log = try await world.ask(client, .get, "/v1/audit?action_kind=limits.changed")
            #expect(log.json["data"]?.elements.count == 2)
        }
    }

    private static let bad: [(body: String, code: String, field: String)] = [
        (#"{"max_concurrent_calls": 0}"#, "request.invalid", "max_concurrent_calls"),
        (#"{"max_concurrent_calls": "5"}"#, "request.invalid", "max_concurrent_calls"),
        (#"{"max_concurrent_calls": 101}"#, "limits.above_operators", "max_concurrent_calls"),
        (#"{"countries": "KE"}"#, "request.invalid", "countries"),
        (#"{"countries": ["Kenya"]}"#, "request.invalid", "countries"),
        (#"{"countries": [254]}"#, "request.invalid", "countries"),
        (#"{"high_risk_prefixes": ["+254"]}"#, "request.invalid", "high_risk_prefixes"),
        (#"{"high_risk_prefixes": ["+881"]}"#, "limits.above_operators", "high_risk_prefixes"),
        (#"{"longest_call_seconds": 1.5}"#, "request.invalid", "longest_call_seconds"),
    ]

    @Test func whatIsWrongIsNamedAndNothingChanges() async throws {
        let world = try await APIWorld()
        try await world.serving { client in
            let before = try await world.ask(client, .get, "/v1/limits").json
            for (body, code, field) in Self.bad {
                let answer = try await world.ask(client, .patch, "/v1/limits", body)
                let status = code == "request.invalid" ? 400 : 403
                #expect(answer.status == status && answer.json["error"]?["code"] == .string(code), "\(body)")
                #expect(answer.json["error"]?["field"] == .string(field), "\(body)")
            }
            #expect(try await world.ask(client, .get, "/v1/limits").json == before)
        }
    }

    @Test func aKeyHasLimitsOfItsOwn() async throws {
        let world = try await APIWorld()
        try await world.claimNumber()
        try await world.serving { client in
            let made = try await world.ask(
                client,
                .post,
                "/v1/api-keys",
                #"{"name": "dialler", "limits": {"max_concurrent_calls": 1, "calls_per_second": 2}}"#
            )
            #expect(made.status == 201 && made.json["limits"]?["calls_per_second"] == 2)
            let key = try #require(made.json["key"]?.stringValue)
            let id = try #require(made.json["id"]?.stringValue)
            let call = #"{"from": "+254200000001", "to": "+254712345678"}"#
            #expect(try await world.ask(client, .post, "/v1/calls", call, key: key).status == 201)
            #expect(try await world.ask(client, .post, "/v1/calls", call, key: key).status == 429)
            #expect(try await world.ask(client, .post, "/v1/calls", call).status == 201)
            let changed = try await world.ask(
                client,
                .patch,
                "/v1/api-keys/\(id)",
                #"{"limits": {"max_concurrent_calls": null}}"#
            )
            #expect(changed.json["limits"]?["max_concurrent_calls"] == .null)
            #expect(changed.json["limits"]?["calls_per_second"] == 2 && changed.json["name"] == "dialler")
            let queued = try await world.ask(client, .post, "/v1/calls", call, key: key)
            #expect(queued.status == 201 && queued.json["dial_at"] == "2026-06-27T10:00:00.500Z")
            let both = try await world.ask(
                client,
                .patch,
                "/v1/api-keys/\(id)",
                #"{"name": "robot", "limits": {"spend_per_day_minor": 0}}"#
            )
            #expect(both.json["name"] == "robot")
            let spent = try await world.ask(client, .post, "/v1/calls", call, key: key)
            #expect(spent.status == 429 && spent.json["error"]?["code"] == "limits.spend_per_day_reached")
            #expect(spent.headers[.retryAfter] == "\(11 * 3600)")
            let escape = try await world.ask(client, .post, "/v1/api-keys", #"{"name": "free"}"#, key: key)
            #expect(escape.status == 403 && escape.json["error"]?["code"] == "api_key.scope_denied")
            let wrong = try await world.ask(
                client,
                .patch,
                "/v1/api-keys/\(id)",
                #"{"limits": {"calls_per_second": 0}}"#
            )
            #expect(wrong.status == 400 && wrong.json["error"]?["field"] == "limits.calls_per_second")
            let neither = try await world.ask(client, .patch, "/v1/api-keys/\(id)", "{}")
            #expect(neither.status == 400 && neither.json["error"]?["field"] == "name")
        }
    }
}
