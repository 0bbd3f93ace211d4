import HTTPTypes
import HummingbirdTesting
import Platform
import Primitives
import TestSupport
import Testing

/// Webhooks and events over HTTP.
@Suite struct WebhookTests {
    private static let body = #"{"url": "https://crm.example/hooks", "events": ["call.*", "number.released"]}"#

    private func id(_ document: JSONValue) throws -> String {
        guard case .string(let id)? = document["id"] else { throw MissingID() }
        return id
    }

    private struct MissingID: Error {}

    @Test(arguments: TestDatabase.Engine.allCases)
    func aWebhookIsMadeChangedTestedAndDeleted(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        try await world.serving { client in
            let made = try await world.ask(client, .post, "/v1/webhooks", Self.body)
            #expect(made.status == 201 && made.json["events"] == ["call.*", "number.released"])
            guard case .string(let secret)? = made.json["secret"] else {
                Issue.record("\(made.json)")
                return
            }
            #expect(secret.hasPrefix("whsec_"))
            let path = "/v1/webhooks/\(try id(made.json))"
            let shown = try await world.ask(client, .get, path)
            #expect(shown.json["secret"] == nil && shown.json["status"] == "enabled")
            let changed = try await world.ask(client, .patch, path, #"{"events": ["*"], "enabled": false}"#)
            #expect(changed.json["events"] == ["*"] && changed.json["status"] == "disabled")
            let refused = try await world.ask(client, .post, path + "/test")
            #expect(refused.status == 409 && refused.json["error"]?["code"] == "webhooks.disabled")
            _ = try await world.ask(client, .patch, path, #"{"enabled": true}"#)
            #expect(try await world.ask(client, .post, path + "/test").status == 202)
            let rotated = try await world.ask(client, .post, path + "/rotate-secret", #"{"overlap_seconds": 0}"#)
            #expect(rotated.status == 200 && rotated.json["secret"] != made.json["secret"])
            #expect(try await world.ask(client, .delete, path).json["status"] == "deleted")
            #expect(try await world.ask(client, .get, path).json["error"]?["code"] == "webhooks.not_found")
            #expect(try await world.ask(client, .get, "/v1/webhooks").json["data"] == [])
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func theLogShowsWhatWasSentAndAnswered(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        try await world.claimNumber()
        try await world.serving { client in
            let path = "/v1/webhooks/\(try id(try await world.ask(client, .post, "/v1/webhooks", Self.body).json))"
            for _ in 0..<3 { _ = try await world.placeCall() }
            let delivery = try #require(try await LeaseDeliveries(world.context)(limit: 1).first)
            try await RecordAttempts(world.context)([
                AttemptOutcome(
                    delivery: delivery,
                    startedAt: world.clock.now(),
                    duration: .milliseconds(42),
                    statusCode: 500,
                    excerpt: "oh no"
                )
            ])
            let page = try await world.ask(client, .get, path + "/deliveries?limit=2")
            guard case .array(let rows)? = page.json["data"], case .string(let cursor)? = page.json["next_cursor"]
            else {
                Issue.record("\(page.json)")
                return
            }
            let rest = try await world.ask(client, .get, path + "/deliveries?limit=2&cursor=\(cursor)")
            guard case .array(let more)? = rest.json["data"] else {
                Issue.record("\(rest.json)")
                return
            }
            #expect(rows.count == 2 && more.count == 1 && rest.json["next_cursor"] == .null)
            let log = "/v1/webhooks/deliveries/\(delivery.id)"
            let shown = try await world.ask(client, .get, log)
            #expect(shown.json["status"] == "pending" && shown.json["request_body"]?["kind"] == "call.started")
            guard case .array(let attempts)? = shown.json["attempt_log"] else {
                Issue.record("\(shown.json)")
                return
            }
            #expect(attempts[0]["latency_ms"] == 42 && attempts[0]["status_code"] == 500)
            #expect(attempts[0]["response_excerpt"] == "oh no")
            #expect(try await world.ask(client, .post, log + "/replay").status == 202)
            let window = #"{"from": "2026-06-27T09:00:00Z", "to": "2026-06-27T11:00:00Z"}"#
            let replayed = try await world.ask(client, .post, path + "/replay", window)
            #expect(replayed.status == 202 && replayed.json["count"] == 3 && replayed.json["next_from"] == .null)
            let other = try await CreateWorkspace(world.context)(name: "Other", email: "o@example.com")
            for path in [path, path + "/deliveries", log] {
                #expect(try await world.ask(client, .get, path, key: other.apiKey).status == 404, "\(path)")
            }
        }
    }

    @Test func eventsArePulled() async throws {
        let world = try await APIWorld()
        try await world.claimNumber()
        for _ in 0..<3 { _ = try await world.placeCall() }
        world.clock.advance(by: .seconds(3))
        try await world.serving { client in
            let page = try await world.ask(client, .get, "/v1/events?kind=call.started&limit=2")
            guard case .array(let events)? = page.json["data"], case .string(let cursor)? = page.json["next_cursor"]
            else {
                Issue.record("\(page.json)")
                return
            }
            #expect(events.count == 2 && events[0]["data"]?["status"] == "started")
            let rest = try await world.ask(client, .get, "/v1/events?kind=call.started&cursor=\(cursor)")
            guard case .array(let more)? = rest.json["data"], case .string(let last)? = rest.json["next_cursor"] else {
                Issue.record("\(rest.json)")
                return
            }
            #expect(more.count == 1)
            let end = try await world.ask(client, .get, "/v1/events?kind=call.started&cursor=\(last)")
            #expect(end.json["data"] == [] && end.json["next_cursor"] == .string(last), "where to ask again")
        }
    }

    @Test(arguments: [
        (#"{}"#, "request.invalid", "url"), (#"{"url": "ftp://x"}"#, "request.invalid", "url"),
        (#"{"url": "https://x.example", "events": []}"#, "request.invalid", "events"),
        (#"{"url": "https://x.example", "events": ["topup.completed"]}"#, "webhooks.event_unsupported", "events[0]"),
        (#"{"url": "https://x.example", "events": "*"}"#, "request.invalid", "events"),
    ])
    func whatIsWrongIsNamed(_ body: String, _ code: String, _ field: String) async throws {
        let world = try await APIWorld()
        try await world.serving { client in
            let answer = try await world.ask(client, .post, "/v1/webhooks", body)
            #expect(answer.status == 400 && answer.json["error"]?["code"] == .string(code))
            #expect(answer.json["error"]?["field"] == .string(field))
        }
    }

    @Test func thereIsAnEndToWebhooks() async throws {
        let world = try await APIWorld()
        try await world.serving { client in
            for _ in 0..<20 { #expect(try await world.ask(client, .post, "/v1/webhooks", Self.body).status == 201) }
            let refused = try await world.ask(client, .post, "/v1/webhooks", Self.body)
            #expect(refused.status == 409 && refused.json["error"]?["code"] == "webhooks.too_many")
        }
    }
}
