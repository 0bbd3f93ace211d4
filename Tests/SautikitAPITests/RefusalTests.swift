import Database
import Foundation
import HTTPTypes
import HummingbirdTesting
import Platform
import Primitives
import TestSupport
import Testing
import WebSupport

/// What is wrong is refused with a code and a field, and nothing is written.
@Suite struct RefusalTests {
    static let badCalls: [(body: String, code: String, field: String)] = [
        (#"{}"#, "request.invalid", "from"), (#"{"from": "+254200000001"}"#, "request.invalid", "to"),
        (#"{"from": 1, "to": "+254712345678"}"#, "request.invalid", "from"),
        (#"{"from": "+254200000001", "to": ""}"#, "request.invalid", "to"),
        (#"{"from": "+254200000001", "to": []}"#, "request.invalid", "to"),
        (#"{"from": "+254200000001", "to": ["+254712345678", "+254712345679"]}"#, "request.invalid", "to"),
        (#"{"from": "+254200000001", "to": "abc"}"#, "request.invalid", "to"),
        (#"{"from": "+254200000001", "to": "999"}"#, "calls.destination_refused", "to"),
        (#"{"from": "+254200000002", "to": "+254712345678"}"#, "numbers.not_owned", "from"),
        (
            #"{"from": "+254200000001", "to": "+254712345678", "caller_id": "+254200000002"}"#, "numbers.not_owned",
            "caller_id"
        ),
        (#"{"from": "+254200000001", "to": "+254712345678", "record": "yes"}"#, "request.invalid", "record"),
        (
            #"{"from": "+254200000001", "to": "+254712345678", "ring_timeout_seconds": 4}"#, "request.invalid",
            "ring_timeout_seconds"
        ),
        (
            #"{"from": "+254200000001", "to": "+254712345678", "ring_timeout_seconds": "x"}"#, "request.invalid",
            "ring_timeout_seconds"
        ),
        (
            #"{"from": "+254200000001", "to": "+254712345678", "voice_callback_url": "yourapp"}"#, "request.invalid",
            "voice_callback_url"
        ),
        (
            #"{"from": "+254200000001", "to": "+254712345678", "client_request_id": "mcp:x"}"#, "request.invalid",
            "client_request_id"
        ),
        (#"{"from": "+254200000001", "to": "+254712345678", "actions": {}}"#, "request.invalid", "actions"),
        (
            #"{"from": "+254200000001", "to": "+254712345678", "actions": [{"aiAgent": {"agentId": "x"}}]}"#,
            "voice.action_unsupported", "actions[0].aiAgent"
        ),
    ]

    @Test func everyWrongFieldOfACallIsNamed() async throws {
        let world = try await APIWorld()
        try await world.claimNumber()
        try await world.serving { client in
            for (body, code, field) in Self.badCalls {
                let answer = try await world.ask(client, .post, "/v1/calls", body)
                #expect((400..<500).contains(answer.status), "\(body)")
                #expect(answer.json["error"]?["code"] == .string(code), "\(body)")
                #expect(answer.json["error"]?["field"] == .string(field), "\(body)")
                #expect(answer.json["message"] == answer.json["error"]?["message"])
            }
            #expect(try await world.ask(client, .get, "/v1/calls").json["data"] == [])
        }
    }

    @Test func allFaultsAreToldAtOnce() async throws {
        let world = try await APIWorld()
        try await world.serving { client in
            let answer = try await world.ask(client, .post, "/v1/calls", #"{"record": 1, "actions": [{"play": {}}]}"#)
            guard case .array(let errors)? = answer.json["error"]?["errors"] else {
                Issue.record("\(answer.json)")
                return
            }
            #expect(errors.compactMap { $0["field"] } == ["from", "to", "record", "actions[0].play.url"])
        }
    }

    @Test func whatCannotBeReadIsRefused() async throws {
        let world = try await APIWorld()
        try await world.serving { client in
            for body in ["{", "[]", "7", "\"x\"", "\u{0}"] {
                let answer = try await world.ask(client, .post, "/v1/calls", body)
                #expect(answer.status == 400 && answer.json["error"]?["code"] == "request.malformed")
            }
            let large = "{\"from\": \"\(String(repeating: "x", count: 70_000))\"}"
            let answer = try await world.ask(client, .post, "/v1/calls", large)
            #expect(answer.status == 413 && answer.json["error"]?["code"] == "request.too_large")
            let nowhere = try await world.ask(client, .get, "/v1/nothing")
            #expect(nowhere.status == 404 && nowhere.json["error"]?["code"] == "request.not_found")
        }
    }

    @Test func keysAreAskedFor() async throws {
        let world = try await APIWorld()
        let other = try await CreateWorkspace(world.context)(name: "Other", email: "o@example.com")
        let reader = try await CreateKey(world.context)(
            workspaceID: world.workspaceID,
            KeyWish(name: "reader", scopes: [.callsRead])
        )
        try await world.claimNumber()
        try await world.serving { client in
            for key in ["", "tsk_live_wrong", "tsk_live_00000000000000000000000000000000"] {
                let answer = try await world.ask(client, .get, "/v1/wallet", key: key)
                #expect(answer.status == 401 && answer.json["error"]?["code"] == "api_key.invalid")
                #expect(answer.headers[.wwwAuthenticate] != nil)
            }
            let denied = try await world.ask(client, .get, "/v1/wallet", key: reader.secret)
            #expect(denied.status == 403 && denied.json["error"]?["code"] == "api_key.scope_denied")
            let placed = try await world.ask(
                client,
                .post,
                "/v1/calls",
                #"{"from": "+254200000001", "to": "+254712345678"}"#
            )
            guard case .string(let id)? = placed.json["id"] else {
                Issue.record("\(placed.json)")
                return
            }
            for path in ["/v1/calls/\(id)", "/v1/calls/\(id)/recording"] {
                #expect(try await world.ask(client, .get, path, key: other.apiKey).status == 404)
            }
            #expect(try await world.ask(client, .post, "/v1/calls/\(id)/hangup", key: other.apiKey).status == 404)
        }
    }

    @Test func anIdempotencyKeyMakesOneCall() async throws {
        let world = try await APIWorld()
        try await world.claimNumber()
        let body = #"{"from": "+254200000001", "to": "+254712345678"}"#
        try await world.serving { client in
            let first = try await world.ask(client, .post, "/v1/calls", body, headers: [.idempotencyKey: "k1"])
            let again = try await world.ask(client, .post, "/v1/calls", body, headers: [.idempotencyKey: "k1"])
            #expect(first.status == 201 && again.status == 201 && first.json == again.json)
            #expect(first.headers[.idempotentReplay] == nil && again.headers[.idempotentReplay] == "true")
            let other = try await world.ask(client, .post, "/v1/calls", body + " ", headers: [.idempotencyKey: "k1"])
            #expect(other.status == 409 && other.json["error"]?["code"] == "idempotency.conflict")
            let bad = try await world.ask(client, .post, "/v1/calls", body, headers: [.idempotencyKey: "a b"])
            #expect(bad.status == 400)
        }
    }

    @Test func tooManyRequestsAreRefusedUntilTimePasses() async throws {
        let world = try await APIWorld(requestsPerMinute: 3)
        try await world.serving { client in
            for left in ["2", "1", "0"] {
                let answer = try await world.ask(client, .get, "/v1/wallet")
                #expect(answer.status == 200 && answer.headers[.rateLimitRemaining] == left)
            }
            let refused = try await world.ask(client, .get, "/v1/wallet")
            #expect(refused.status == 429 && refused.json["error"]?["code"] == "rate_limit.exceeded")
            #expect(refused.headers[.retryAfter] == "20" && refused.headers[.rateLimitLimit] == "3")
            world.clock.advance(by: .seconds(20))
            #expect(try await world.ask(client, .get, "/v1/wallet").status == 200)
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func withoutADatabaseTheServiceSaysSo(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        try await world.serving { client in
            #expect(try await world.ask(client, .get, "/health").json == ["status": "ok"])
            await world.context.database.close()
            for path in ["/health", "/v1/wallet"] {
                let answer = try await world.ask(client, .get, path)
                #expect(answer.status == 503 && answer.json["error"]?["code"] == "service.unavailable")
                #expect(answer.headers[.retryAfter] != nil && answer.headers[.requestID]?.hasPrefix("req_") == true)
            }
        }
    }

    @Test func anEmptyWalletPaysForNothing() async throws {
        let world = try await APIWorld(creditMinor: 15_46)
        try await world.claimNumber()
        try await world.serving { client in
            let answer = try await world.ask(
                client,
                .post,
                "/v1/calls",
                #"{"from": "+254200000001", "to": "+254712345678"}"#
            )
            #expect(answer.status == 402 && answer.json["error"]?["code"] == "wallet.insufficient_funds")
        }
    }
}
