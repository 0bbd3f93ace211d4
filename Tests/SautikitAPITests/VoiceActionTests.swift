import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Platform
import SautikitAPI
import TestSupport
import Testing

/// `/v1/voice-actions`.
@Suite struct VoiceActionTests {
    private static let path = "/v1/voice-actions/validate"

    @Test(arguments: TestDatabase.Engine.allCases)
    func aGoodDocumentIsSaidBackWithWhatItCanCost(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        try await world.serving { client in
            let body = #"""
                {"actions": [{"play": {"url": "hello.wav"}}, {"dial": {"number": "0712345678", "timeLimit": 600}},
                 {"dial": {"numbers": ["+256772123456"], "timeLimit": 60}}]}
                """#
            let answer = try await world.ask(client, .post, Self.path + "?base=https://shop.example.com/voice/in", body)
            #expect(answer.status == 200 && answer.json["valid"] == true && answer.json["errors"] == [])
            let actions = answer.json["actions"]?.elements ?? []
            #expect(actions.count == 3)
            #expect(actions.first?["play"]?["url"] == "https://shop.example.com/voice/hello.wav")
            let worst = answer.json["worst_case"]
            #expect(worst?["seconds"] == 780 && worst?["estimated"] == true && worst?["open_ended"] == false)
            let legs = worst?["legs"]?.elements ?? []
            #expect(legs.map { $0["to"] } == ["+254712345678", "+256772123456"])
            #expect(legs.map { $0["cost_minor"] } == [3000, 1800] && worst?["cost_minor"] == 4800)
            #expect(try await world.ask(client, .get, "/v1/calls").json["data"] == [])
        }
    }

    @Test func aBadDocumentIsAnAnswerToo() async throws {
        let world = try await APIWorld()
        try await world.serving { client in
            let bodies = [
                "", "OK", "{", "[", "{}", "null", #"{"actions": 7}"#, #"{"actions": [{"say": {"txt": "x"}}]}"#,
                "<Response>",
                "<!DOCTYPE html><html></html>", "\u{0}",
            ]
            for body in bodies {
                let answer = try await world.ask(client, .post, Self.path, body)
                #expect(answer.status == 200 && answer.json["valid"] == false, "\(body)")
                #expect(answer.json["actions"] == .null && answer.json["worst_case"] == .null)
                #expect(answer.json["errors"]?.elements.isEmpty == false, "\(body)")
            }
            let fault = try await world.ask(client, .post, Self.path, #"{"actions": [{"say": {"txt": "x"}}]}"#)
            #expect(
                fault.json["errors"] == [
                    ["code": "request.invalid", "message": "'text' is required.", "path": "actions[0].say.text"],
                    [
                        "code": "request.invalid", "message": "'txt' is not known here. Did you mean 'text'?",
                        "path": "actions[0].say.txt",
                    ],
                ]
            )
            let long = String(repeating: " ", count: VoiceDocument.longestBytes + 1)
            let refused = try await world.ask(client, .post, Self.path, long)
            #expect(refused.status == 413 && refused.json["error"]?["code"] == "request.too_large")
            let base = try await world.ask(client, .post, Self.path + "?base=shop", "{}")
            #expect(base.status == 400 && base.json["error"]?["field"] == "base")
        }
    }

    @Test func xmlIsCheckedAsXML() async throws {
        let world = try await APIWorld()
        try await world.serving { client in
            var headers: HTTPFields = [.contentType: "text/xml", .authorization: "Bearer \(world.apiKey)"]
            func check(_ text: String) async throws -> JSONValue {
                try await client.execute(
                    uri: Self.path,
                    method: .post,
                    headers: headers,
                    body: ByteBuffer(string: text)
                ) { try JSONValue(parsing: Data($0.body.readableBytesView)) }
            }
            let good = try await check("<Response><Say>Karibu</Say><Hangup/><Pause/></Response>")
            #expect(good["valid"] == true && good["actions"]?.elements.count == 3)
            #expect(good["warnings"]?.elements.map { $0["path"] } == ["Response.Pause[0]"])
            let bad = try await check("<Response><Say voice=\"bob\">Karibu</Say></Response>")
            #expect(bad["errors"]?.elements.map { $0["path"] } == ["Response.Say[0].voice"])
            // Without a type that says anything, the first character does.
            headers[.contentType] = "application/x-www-form-urlencoded"
            #expect(try await check("<Response/>")["valid"] == true)
        }
    }

    @Test func theSchemaIsPublishedAndIsTheContracts() async throws {
        let world = try await APIWorld()
        try await world.serving { client in
            let answer = try await world.send(client, .get, "/v1/voice-actions/schema.json", key: "none")
            #expect(answer.status == 200 && answer.headers[.contentType] == "application/schema+json")
            #expect(String(decoding: answer.bytes, as: UTF8.self) == VoiceActionSchema.text)
            let schemas = try await world.ask(client, .get, "/v1/openapi.json").json["components"]?["schemas"]
            let definitions = try JSONValue(parsing: Data(answer.bytes))["$defs"]?.members ?? []
            #expect(definitions.count > 20)
            for definition in definitions { #expect(schemas?[definition.name] != nil, "\(definition.name)") }
            #expect(schemas?.text.contains("$defs") == false)
            // A request's actions have no URL to be relative to.
            #expect(schemas?["VoiceURL"]?.text.contains("Relative") == false)
        }
    }

    @Test func everyVerbCanBePlacedWithACall() async throws {
        var settings = PlatformSettings()
        let hosts = ["pbx.example.com", "2001:db8::/32"].compactMap { SIPAllowEntry(parsing: $0) }
        settings.sipDestinations = SIPAllowList(hosts)
        let world = try await APIWorld(settings: settings)
        try await world.claimNumber()
        try await world.serving { client in
            let actions = (0..<10 as Range<UInt64>).map { seed in
                var random = RandomVoiceActions(seed: seed)
                return JSONValue.array(random.document().map(\.json))
            }
            for list in actions {
                let body: JSONValue = ["from": .string(APIWorld.number), "to": "+254712345678", "actions": list]
                #expect(try await world.ask(client, .post, "/v1/calls", body.text).status == 201)
            }
            let relative =
                #"{"from": "+254200000001", "to": "+254712345678", "actions": [{"redirect": {"url": "/x"}}]}"#
            let refused = try await world.ask(client, .post, "/v1/calls", relative)
            #expect(refused.status == 400 && refused.json["error"]?["field"] == "actions[0].redirect.url")
        }
    }
}
