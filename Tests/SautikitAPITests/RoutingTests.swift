import HTTPTypes
import HummingbirdTesting
import Platform
import Primitives
import TestSupport
import Testing

/// A number's details, routing and release over HTTP, in every spelling.
@Suite struct RoutingTests {
    private static let id = "/v1/numbers/%2B254200000001"

    @Test(arguments: [
        (HTTPRequest.Method.patch, "/routing", "voice_callback_url"), (.put, "/routing", "voice_url"),
        (.patch, "", "routing_url"),
    ])
    func aRoutingIsChangedInEverySpelling(_ method: HTTPRequest.Method, _ path: String, _ field: String) async throws {
        let world = try await APIWorld()
        try await world.claimNumber()
        try await world.serving { client in
            let body = #"{"\#(field)": "https://acme.example/voice", "events_url": "https://acme.example/events"}"#
            let changed = try await world.ask(client, method, Self.id + path, body)
            #expect(changed.status == 200 && changed.json["voice_callback_url"] == "https://acme.example/voice")
            let cleared = try await world.ask(client, method, Self.id + path, #"{"events_url": null}"#)
            #expect(cleared.json["events_url"] == .null)
            #expect(cleared.json["voice_callback_url"] == "https://acme.example/voice")
            let shown = try await world.ask(client, .get, Self.id)
            #expect(shown.json == cleared.json)
        }
    }

    @Test(arguments: [
        (#"{"voice_url": 7}"#, "voice_callback_url"), (#"{"events_url": "x"}"#, "events_url"),
        (#"{"fallback_url": "ftp://x"}"#, "fallback_url"), (#"{"signing_secret": "short"}"#, "voice_signing_secret"),
        (#"{"signing_secret": "a secret with some spaces"}"#, "voice_signing_secret"),
        (#"{"events_url": "https://x.example/a b"}"#, "events_url"),
        (#"{"events_url": "https://x.example/é"}"#, "events_url"),
        (#"{"events_url": "https://x.example/\u0007"}"#, "events_url"),
    ])
    func whatIsWrongIsNamed(_ body: String, _ field: String) async throws {
        let world = try await APIWorld()
        try await world.claimNumber()
        try await world.serving { client in
            let answer = try await world.ask(client, .patch, Self.id + "/routing", body)
            #expect(answer.status == 400 && answer.json["error"]?["field"] == .string(field))
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func aNumberIsReleased(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        try await world.serving { client in
            let claimed = try await world.ask(client, .post, "/v1/numbers", #"{"number": "+254200000001"}"#)
            #expect(
                claimed.json["charge"] == [
                    "currency": "KES", "days": 4, "days_in_month": 30, "net_minor": 1333, "total_minor": 1546,
                    "vat_minor": 213,
                ]
            )
            let released = try await world.ask(client, .delete, Self.id)
            #expect(released.status == 200 && released.json["status"] == "released")
            #expect(released.json["refund"]?["total_minor"] == 1160)
            #expect(try await world.ask(client, .get, "/v1/wallet").json["balance_minor"] == 99_614)
            #expect(try await world.ask(client, .get, "/v1/numbers").json["numbers"] == [])
            guard case .string(let id)? = released.json["id"] else {
                Issue.record("\(released.json)")
                return
            }
            let again = try await world.ask(client, .delete, "/v1/numbers/\(id)")
            #expect(again.status == 409 && again.json["error"]?["code"] == "numbers.not_assigned")
            #expect(try await world.ask(client, .get, "/v1/numbers/\(id)").json["status"] == "released")
            #expect(try await world.ask(client, .get, Self.id).status == 404, "the digits are nobody's now")
        }
    }

    @Test func anothersNumberIsNotFound() async throws {
        let world = try await APIWorld()
        try await world.claimNumber()
        let other = try await CreateWorkspace(world.context)(name: "Other", email: "o@example.com")
        try await world.serving { client in
            let requests: [(HTTPRequest.Method, String)] = [
                (.get, ""), (.patch, ""), (.delete, ""), (.patch, "/routing"), (.put, "/routing"),
            ]
            for (method, path) in requests {
                let answer = try await world.ask(client, method, Self.id + path, "{}", key: other.apiKey)
                #expect(
                    answer.status == 404 && answer.json["error"]?["code"] == "numbers.not_found",
                    "\(method) \(path)"
                )
            }
        }
    }
}
