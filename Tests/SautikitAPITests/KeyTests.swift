import Foundation
import HTTPTypes
import HummingbirdTesting
import Platform
import Primitives
import TestSupport
import Testing

/// Keys over HTTP.
@Suite struct KeyTests {
    private func text(_ value: JSONValue?) throws -> String {
        guard case .string(let text)? = value else { throw JSONShapeMismatch() }
        return text
    }

    private struct JSONShapeMismatch: Error {}

    @Test(arguments: TestDatabase.Engine.allCases)
    func aKeyIsMadeShownOnceUsedAndRevoked(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        let body = #"{"name": "reporting", "scopes": ["calls.read"], "expires_at": "2100-01-01T00:00:00Z"}"#
        try await world.serving { client in
            let made = try await world.ask(client, .post, "/v1/api-keys", body)
            #expect(made.status == 201 && made.json["status"] == "active" && made.json["scopes"] == ["calls.read"])
            let (id, secret) = (try text(made.json["id"]), try text(made.json["key"]))
            #expect(made.json["api_key"] == .string(secret) && secret.hasPrefix("tsk_live_"))
            let shown = try await world.ask(client, .get, "/v1/api-keys/self", key: secret)
            #expect(shown.json["name"] == "reporting" && shown.json["key"] == nil)
            #expect(try await world.ask(client, .get, "/v1/calls", key: secret).status == 200)
            let denied = try await world.ask(client, .get, "/v1/wallet", key: secret)
            #expect(denied.status == 403 && denied.json["error"]?["code"] == "api_key.scope_denied")
            #expect(try text(denied.json["message"]).contains("wallet.read"))
            let listed = try await world.ask(client, .get, "/v1/api-keys")
            #expect(!String(decoding: listed.json.bytes, as: UTF8.self).contains(secret))
            let renamed = try await world.ask(client, .patch, "/v1/api-keys/\(id)", #"{"name": "reports"}"#)
            #expect(renamed.json["name"] == "reports")
            #expect(try await world.ask(client, .delete, "/v1/api-keys/\(id)").json["status"] == "revoked")
            let revoked = try await world.ask(client, .get, "/v1/calls", key: secret)
            #expect(revoked.status == 401 && revoked.json["error"]?["code"] == "api_key.revoked")
            let again = try await world.ask(client, .delete, "/v1/api-keys/\(id)")
            #expect(again.status == 409 && again.json["error"]?["code"] == "api_key.already_revoked")
        }
    }

    @Test func aKeyIsRotated() async throws {
        let world = try await APIWorld()
        try await world.serving { client in
            let made = try await world.ask(client, .post, "/v1/api-keys", #"{"name": "server"}"#)
            let (id, old) = (try text(made.json["id"]), try text(made.json["key"]))
            let rotated = try await world.ask(
                client,
                .post,
                "/v1/api-keys/\(id)/rotate",
                #"{"overlap_seconds": 60}"#
            )
            let new = try text(rotated.json["key"])
            #expect(rotated.status == 201 && rotated.json["scopes"] == made.json["scopes"])
            for secret in [old, new] {
                #expect(try await world.ask(client, .get, "/v1/wallet", key: secret).status == 200)
            }
            world.clock.advance(by: .seconds(61))
            let expired = try await world.ask(client, .get, "/v1/wallet", key: old)
            #expect(expired.status == 401 && expired.json["error"]?["code"] == "api_key.expired")
            #expect(try await world.ask(client, .get, "/v1/wallet", key: new).status == 200)
            let long = #"{"overlap_seconds": 99999999999999}"#
            let refused = try await world.ask(client, .post, "/v1/api-keys/\(id)/rotate", long)
            #expect(refused.status == 400 && refused.json["error"]?["field"] == "overlap_seconds")
        }
    }

    @Test func aKeyMakesNoKeyThatMayDoMore() async throws {
        let world = try await APIWorld()
        let body = #"{"name": "admin", "scopes": ["api_keys.manage"]}"#
        try await world.serving { client in
            let made = try await world.ask(client, .post, "/v1/api-keys", body)
            let secret = try text(made.json["key"])
            let more = #"{"name": "more", "scopes": ["wallet.write"]}"#
            let refused = try await world.ask(client, .post, "/v1/api-keys", more, key: secret)
            #expect(refused.status == 403 && refused.json["error"]?["code"] == "api_key.scope_denied")
            let same = try await world.ask(client, .post, "/v1/api-keys", #"{"name": "same"}"#, key: secret)
            #expect(same.json["scopes"] == ["api_keys.manage"])
        }
    }

    @Test(arguments: [
        (#"{}"#, "api_key.name_required", "name"), (#"{"name": " "}"#, "api_key.name_required", "name"),
        (#"{"name": "x", "scopes": ["calls.fly"]}"#, "api_key.scope_invalid", "scopes[0]"),
        (#"{"name": "x", "scopes": []}"#, "api_key.scope_invalid", "scopes"),
        (#"{"name": "x", "scopes": "calls.read"}"#, "request.invalid", "scopes"),
        (#"{"name": "x", "scopes": [1]}"#, "request.invalid", "scopes[0]"),
        (#"{"name": "x", "expires_at": "soon"}"#, "request.invalid", "expires_at"),
        (#"{"name": "x", "expires_at": "2020-01-01T00:00:00Z"}"#, "request.invalid", "expires_at"),
        (#"{"name": "x", "allowed_addresses": ["10.0.0.0/33"]}"#, "request.invalid", "allowed_addresses[0]"),
    ])
    func whatIsWrongIsNamed(_ body: String, _ code: String, _ field: String) async throws {
        let world = try await APIWorld()
        try await world.serving { client in
            let answer = try await world.ask(client, .post, "/v1/api-keys", body)
            #expect(answer.status == 400 && answer.json["error"]?["code"] == .string(code))
            #expect(answer.json["error"]?["field"] == .string(field))
        }
    }

    @Test func anAddressThatIsNotAllowedIsRefused() async throws {
        let world = try await APIWorld()
        let elsewhere = #"{"name": "office", "allowed_addresses": ["192.0.2.0/24"]}"#
        let here = #"{"name": "here", "allowed_addresses": ["127.0.0.0/8"]}"#
        try await world.serving(.live) { client in
            let away = try await world.ask(client, .post, "/v1/api-keys", elsewhere)
            let refused = try await world.ask(client, .get, "/v1/wallet", key: try text(away.json["key"]))
            #expect(refused.status == 403 && refused.json["error"]?["code"] == "api_key.address_denied")
            let near = try await world.ask(client, .post, "/v1/api-keys", here)
            #expect(try await world.ask(client, .get, "/v1/wallet", key: try text(near.json["key"])).status == 200)
        }
    }

    /// A key is revoked while twenty clients use it: whoever asks after the revocation was answered is refused, and nobody gets
    /// anything else than an answer or a refusal.
    @Test(arguments: TestDatabase.Engine.allCases)
    func aKeyRevokedInUseWorksNoMore(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        try await world.claimNumber()
        let made = try await CreateKey(world.context)(workspaceID: world.workspaceID, KeyWish(name: "busy"))
        let isRevoked = Locked(false)
        try await world.serving(.live) { client in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<20 {
                    group.addTask {
                        for _ in 0..<500 {
                            let wasRevoked = isRevoked.withLock { $0 }
                            let path = index.isMultiple(of: 2) ? "/v1/calls" : "/v1/wallet"
                            let answer = try await world.ask(client, .get, path, key: made.secret)
                            let isRefused = answer.status == 401 && answer.json["error"]?["code"] == "api_key.revoked"
                            #expect(isRefused || answer.status == 200 && !wasRevoked, "\(answer.json)")
                            if isRefused { return }
                        }
                        Issue.record("a revoked key still works")
                    }
                }
                group.addTask {
                    let path = "/v1/api-keys/\(made.key.id.uuidString)"
                    let revoked = try await world.ask(client, .delete, path)
                    #expect(revoked.status == 200)
                    isRevoked.withLock { $0 = true }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aTestKeyIsMadeAndActsApart(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        try await world.serving { client in
            let made = try await world.ask(client, .post, "/v1/api-keys", #"{"name": "ci", "mode": "test"}"#)
            #expect(made.status == 201 && made.json["mode"] == "test", "\(made.json)")
            let secret = try text(made.json["key"])
            // The older spelling of the prefix means the same.
            let older = secret.replacing("tsk_test_", with: "tskey_test_")
            let wallet = try await world.ask(client, .get, "/v1/wallet", key: older)
            #expect(wallet.json["balance_minor"] == 1_000_000)
            let offered = try await world.ask(client, .get, "/v1/numbers/available", key: secret)
            guard case .array(let numbers)? = offered.json["available"] else {
                Issue.record("\(offered.json)")
                return
            }
            #expect(numbers.count == 10 && numbers.first?["e164"] == "+254200900001")
            let number = #"{"number": "+254200900001"}"#
            #expect(try await world.ask(client, .post, "/v1/numbers", number, key: secret).status == 201)
            let call = #"{"from": "+254200900001", "to": "+254712345678"}"#
            #expect(try await world.ask(client, .post, "/v1/calls", call, key: secret).status == 201)
            #expect(try await world.ask(client, .get, "/v1/calls").json["data"] == [])
            let denied = try await world.ask(client, .get, "/v1/members", key: secret)
            #expect(denied.status == 403 && denied.json["error"]?["code"] == "api_key.scope_denied")
            let port = #"{"numbers": ["+254201112233"], "carrier": "Other", "account_holder": "Acme"}"#
            let refused = try await world.ask(client, .post, "/v1/port-requests", port, key: secret)
            #expect(refused.status == 403 && refused.json["error"]?["code"] == "port_requests.test_mode")
            let wrong = try await world.ask(client, .post, "/v1/api-keys", #"{"name": "x", "mode": "play"}"#)
            #expect(wrong.status == 400 && wrong.json["error"]?["field"] == "mode")
        }
    }
}
