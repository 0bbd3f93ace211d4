import Database
import Foundation
import HTTPTypes
import Platform
import Primitives
import TestSupport
import Testing

/// Tokens for browsers, over HTTP.
@Suite struct BrowserCallingTests {
    @Test(arguments: TestDatabase.Engine.allCases)
    func aTokenIsMintedAsInTheSeed(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        try await world.claimNumber()
        try await world.serving { client in
            let minted = try await world.ask(client, .post, "/v1/sip/token")
            #expect(minted.status == 200 && minted.headers[.cacheControl] == "no-store")
            #expect(Set(minted.json.members.map(\.name)) == ["token", "expires_at"])
            #expect(minted.json["expires_at"] == "2026-06-27T10:05:00Z")
            let text = try #require(minted.json["token"]?.stringValue)
            let token = try await world.tokens.read(text, at: world.clock.now())
            #expect(token == SIPToken(workspaceID: world.workspaceID, issuedAt: world.clock.now()))
            let list = try await world.ask(client, .get, "/v1/numbers")
            let id = try #require(list.json["numbers"]?.elements.first?["id"]?.stringValue)
            let body = #"{"identity": "asha", "number_id": "\#(id)"}"#
            let bound = try await world.ask(client, .post, "/v1/sip/token", body)
            let asha = try await world.tokens.read(bound.json["token"]?.stringValue ?? "", at: world.clock.now())
            #expect(asha.identity == "asha" && asha.number == APIWorld.number)
            let config = try await world.ask(client, .get, "/browser/config.json", key: "none")
            #expect(config.json == ["ws_url": "wss://sip.example.com:7443"])
            let path = "/v1/numbers/\(id)/sip-credentials"
            let desk = try await world.ask(client, .post, path, #"{"label": "Desk"}"#)
            #expect(desk.json["ws_url"] == "wss://sip.example.com:7443/devices")
        }
    }

    @Test func theOfficialSDKGetsItsOwnWords() async throws {
        let world = try await APIWorld()
        try await world.claimNumber()
        try await world.serving { client in
            let body = #"{"client_name": "asha", "role": "dialer", "phone_number": "+254200000001"}"#
            let minted = try await world.ask(client, .post, "/v1/webrtc/token", body)
            let names: Set = ["token", "endpoint", "protocol", "clientName", "sipProfile", "turnServer", "expiresIn"]
            #expect(minted.status == 200 && Set(minted.json.members.map(\.name)) == names)
            #expect(minted.json["endpoint"] == "wss://sip.example.com:7443" && minted.json["clientName"] == "asha")
            #expect(minted.json["turnServer"] == ["iceServers": .array([])] && minted.json["expiresIn"] == 900)
            let token = try await world.tokens.read(minted.json["token"]?.stringValue ?? "", at: world.clock.now())
            #expect(token.number == APIWorld.number && token.expiresAt - token.issuedAt == .seconds(900))
            #expect(try await world.ask(client, .post, "/v1/webrtc/token", "{}").status == 200)
        }
    }

    @Test func aNumberThatIsOnItsWayIsPending() async throws {
        let world = try await APIWorld()
        try await world.claimNumber()
        try await world.context.database.write { tx in
            _ = try tx.execute(
                "UPDATE numbers SET status = 'porting', claimed_at = NULL WHERE e164 = $1",
                [APIWorld.number]
            )
        }
        try await world.serving { client in
            for body in [#"{"phone_number": "+254200000001"}"#, #"{"tenant_number_id": "+254200000001"}"#] {
                let pending = try await world.ask(client, .post, "/v1/webrtc/token", body)
                #expect(pending.status == 409 && pending.json["error"]?["code"] == "webrtc.token.profile_pending")
            }
        }
    }

    private static let bad: [(path: String, body: String, status: Int, code: String)] = [
        ("/v1/sip/token", #"{"identity": "a b"}"#, 400, "request.invalid"),
        ("/v1/sip/token", #"{"identity": 7}"#, 400, "request.invalid"),
        ("/v1/sip/token", #"{"number": "+254200000001", "number_id": "num_x"}"#, 400, "request.invalid"),
        ("/v1/sip/token", #"{"number": "+254200000002"}"#, 404, "numbers.not_found"),
        ("/v1/sip/token", "[]", 400, "request.malformed"),
        ("/v1/webrtc/token", #"{"role": "supervisor"}"#, 400, "request.invalid"),
        ("/v1/webrtc/token", #"{"client_name": "Asha W."}"#, 400, "request.invalid"),
    ]

    @Test func whatIsWrongIsNamed() async throws {
        let world = try await APIWorld()
        try await world.serving { client in
            for (path, body, status, code) in Self.bad {
                let answer = try await world.ask(client, .post, path, body)
                #expect(answer.status == status && answer.json["error"]?["code"] == .string(code), "\(path) \(body)")
            }
        }
    }

    @Test func sitesAreSetAndNoted() async throws {
        let world = try await APIWorld()
        try await world.serving { client in
            #expect(try await world.ask(client, .get, "/v1/browser/origins").json == ["allowed_origins": .array([])])
            let body = #"{"allowed_origins": ["https://App.example.co.ke"]}"#
            let set = try await world.ask(client, .put, "/v1/browser/origins", body)
            #expect(set.status == 200 && set.json == ["allowed_origins": .array(["https://app.example.co.ke"])])
            #expect(try await world.ask(client, .get, "/v1/browser/origins").json == set.json)
            let log = try await world.ask(client, .get, "/v1/audit?action_kind=browser.origins_changed")
            #expect(log.json["data"]?.elements.count == 1)
            for bad in ["{}", #"{"allowed_origins": ["*"]}"#, #"{"allowed_origins": "https://a.example"}"#] {
                let answer = try await world.ask(client, .put, "/v1/browser/origins", bad)
                #expect(answer.status == 400 && answer.json["error"]?["code"] == "request.invalid", "\(bad)")
            }
        }
    }

    /// `docs/browser-calling.md` is right: its requests are sent as they stand there.
    @Test func theExamplesOfThePageWork() async throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try String(contentsOf: root.appending(path: "docs/browser-calling.md"), encoding: .utf8)
        let pattern = /curl -X (?<method>\w+) "https:\/\/api\.sautikit\.com(?<path>[^"]+)"(?<rest>[^`]*)/
        let examples = page.matches(of: pattern).map { match in
            let body = match.rest.firstMatch(of: /-d '([^']*)'/).map { String($0.1) }
            return (method: String(match.method), path: String(match.path), body: body)
        }
        #expect(examples.count == 4)
        let world = try await APIWorld()
        try await world.claimNumber()
        try await world.serving { client in
            for example in examples {
                let method = try #require(HTTPRequest.Method(example.method))
                let answer = try await world.ask(client, method, example.path, example.body)
                #expect(answer.status == 200, "\(example)")
            }
        }
    }
}
