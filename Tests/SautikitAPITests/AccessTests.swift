import Database
import HTTPTypes
import HummingbirdTesting
import Platform
import Primitives
import TestSupport
import Testing
import WebSupport

/// Who may do what.
@Suite struct AccessTests {
    @Test func aRevokedKeyIsRefused() async throws {
        let world = try await APIWorld()
        let key = try await CreateKey(world.context)(workspaceID: world.workspaceID, KeyWish(name: "second"))
        try await world.serving { client in
            #expect(try await world.ask(client, .get, "/v1/wallet", key: key.secret).status == 200)
            try await RevokeKey(world.context)(workspaceID: world.workspaceID, keyID: key.key.id)
            world.clock.advance(by: world.context.settings.keyCacheLifetime)
            let refused = try await world.ask(client, .get, "/v1/wallet", key: key.secret)
            #expect(refused.status == 401 && refused.json["error"]?["code"] == "api_key.revoked")
        }
    }

    @Test func keysAreReadInEverySpelling() async throws {
        let world = try await APIWorld()
        let older = "tskey_live_" + world.apiKey.dropFirst("tsk_live_".count)
        try await world.serving { client in
            for header in ["Bearer \(older)", "bearer \(world.apiKey)", "BEARER   \(world.apiKey)"] {
                let status = try await client.execute(
                    uri: "/v1/wallet",
                    method: .get,
                    headers: [.authorization: header]
                ) { $0.status.code }
                #expect(status == 200, "\(header.prefix(20))")
            }
            for header in [
                "Basic \(world.apiKey)", "Bearer", "Bearer ", world.apiKey, "Bearer eyJhbGciOiJFUzI1NiJ9.e30.x",
            ] {
                let status = try await client.execute(
                    uri: "/v1/wallet",
                    method: .get,
                    headers: [.authorization: header]
                ) { $0.status.code }
                #expect(status == 401, "\(header.prefix(20))")
            }
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aSuspendedWorkspaceReadsAndChangesNothing(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        try await world.claimNumber()
        try await SuspendWorkspace(world.context)(workspaceID: world.workspaceID, status: .suspended)
        try await world.serving { client in
            let bodies = [
                ("/v1/calls", #"{"from": "+254200000001", "to": "+254712345678"}"#),
                ("/v1/numbers", #"{"number": "+254200000002"}"#),
            ]
            for (path, body) in bodies {
                let refused = try await world.ask(client, .post, path, body)
                #expect(refused.status == 403 && refused.json["error"]?["code"] == "workspace.suspended", "\(path)")
            }
            #expect(try await world.ask(client, .get, "/v1/wallet").json["balance_minor"] == 98_454)
            #expect(try await world.ask(client, .get, "/v1/calls").json["data"] == [])
        }
    }

    @Test func aNumberThatIsNotActiveCallsNobody() async throws {
        let world = try await APIWorld()
        try await world.claimNumber()
        _ = try await world.context.database.write { try $0.execute("UPDATE numbers SET status = 'suspended'", []) }
        try await world.serving { client in
            let refused = try await world.ask(
                client,
                .post,
                "/v1/calls",
                #"{"from": "+254200000001", "to": "+254712345678"}"#
            )
            #expect(refused.status == 409 && refused.json["error"]?["code"] == "numbers.not_active")
            #expect(refused.json["error"]?["field"] == "from")
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aTenantSeesOnlyItsOwn(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        let other = try await CreateWorkspace(world.context)(name: "Other", email: "o@example.com", creditMinor: 500_00)
        try await world.claimNumber()
        let call = try await world.placeCall()
        try await world.serving { client in
            for (path, list) in [("/v1/calls", "data"), ("/v1/calls?session_id=\(call.sessionID)", "data")] {
                #expect(try await world.ask(client, .get, path, key: other.apiKey).json[list] == [])
            }
            #expect(try await world.ask(client, .get, "/v1/numbers", key: other.apiKey).json["numbers"] == [])
            #expect(try await world.ask(client, .get, "/v1/wallet", key: other.apiKey).json["balance_minor"] == 50_000)
            let borrowed = try await world.ask(
                client,
                .post,
                "/v1/calls",
                #"{"from": "+254200000001", "to": "+254712345678"}"#,
                key: other.apiKey
            )
            #expect(borrowed.status == 403 && borrowed.json["error"]?["code"] == "numbers.not_owned")
            let keyed: HTTPFields = [.idempotencyKey: "same"]
            let mine = try await world.ask(
                client,
                .post,
                "/v1/numbers",
                #"{"number": "+254200000002"}"#,
                headers: keyed
            )
            #expect(mine.status == 201)
            let theirs = try await world.ask(
                client,
                .post,
                "/v1/numbers",
                #"{"number": "+254200000002"}"#,
                key: other.apiKey,
                headers: keyed
            )
            #expect(theirs.status == 409 && theirs.json["error"]?["code"] == "numbers.already_claimed")
        }
    }
}
