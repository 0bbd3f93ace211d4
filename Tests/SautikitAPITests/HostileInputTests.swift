import HTTPTypes
import HummingbirdTesting
import Platform
import Primitives
import TestSupport
import Testing

/// Input that nobody sends by accident: refused or harmless, never a fault of ours.
@Suite struct HostileInputTests {
    static let paths = [
        "/v1/calls?q=%00", "/v1/calls?session_id=%00", "/v1/calls?q=%ff%fe", "/v1/calls?q='%20OR%201=1--",
        "/v1/calls?q=%25_", "/v1/calls?from=9999999999999999999", "/v1/calls?from=1099511627775", "/v1/calls?limit=-1",
        "/v1/calls?limit=99999999999999999999", "/v1/calls?status=,,", "/v1/calls?direction=sideways",
        "/v1/calls?cursor=%00", "/v1/calls/%00", "/v1/calls/HD_%00%00%00%00",
        "/v1/calls/HD_%c3%a9%c3%a9%c3%a9%c3%a9%c3%a9%c3%a9", "/v1/calls/HD_000000000000", "/v1/calls/../wallet",
        "/v1/calls/%2e%2e%2fwallet",
        "/v1/numbers/available?prefix=%00", "/v1/numbers/available?country=%00%00",
        "/v1/numbers/available?country=kenya",
        "/v1/recordings/x?expires=%00&signature=%00", "/v1/recordings/..%2f..%2fetc%2fpasswd", "/v1/recordings/",
        "/v1/calls?" + String(repeating: "a=b&", count: 1000),
    ]

    static let bodies = [
        #"{"from": "+254200000001", "to": "+254712345678", "client_request_id": "a\u0000b"}"#,
        #"{"from": "+254200000001", "to": "+254712345678", "voice_callback_url": "https://a.example/\u0000"}"#,
        #"{"from": "+254200000001", "to": "+254712345678", "client_request_id": "\ud800"}"#,
        #"{"from": "+254200000001", "to": "+254712345678", "ring_timeout_seconds": 1e400}"#,
        #"{"from": "+254200000001", "to": "+254712345678", "ring_timeout_seconds": 9223372036854775807}"#,
        #"{"from": "+254200000001", "to": "+254712345678", "ring_timeout_seconds": 30.5}"#,
        #"{"from": "+254200000001", "to": "+254712345678", "ring_timeout_seconds": true}"#,
        #"{"from": "+254200000001", "to": "+254712345678", "record": 1}"#,
        #"{"from": {"a": 1}, "to": [["+254712345678"]]}"#, #"{"from": "+254200000001", "to": [null]}"#,
        "{\"from\": " + String(repeating: "[", count: 30_000) + String(repeating: "]", count: 30_000) + "}",
        "{\"from\": " + String(repeating: "{\"a\":", count: 400) + "1" + String(repeating: "}", count: 400) + "}",
        #"{"from": "٠١٢٣٤٥٦٧٨٩", "to": "+254712345678"}"#, #"{"actions": [{"play": {"url": "file:///etc/passwd"}}]}"#,
    ]

    @Test(arguments: TestDatabase.Engine.allCases)
    func nothingHereIsOurFault(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        try await world.claimNumber()
        try await world.serving(.live) { client in
            for path in Self.paths {
                let answer = try await world.ask(client, .get, path)
                #expect(answer.status < 500, "\(path.prefix(80)): \(answer.json)")
            }
            for body in Self.bodies {
                let answer = try await world.ask(client, .post, "/v1/calls", body)
                #expect((400..<500).contains(answer.status), "\(body.prefix(120)): \(answer.json)")
            }
            #expect(try await world.ask(client, .get, "/v1/calls").json["data"] == [])
        }
    }

    @Test(arguments: TestDatabase.Engine.allCases)
    func whatIsUnusualButRightComesBackAsItWas(engine: TestDatabase.Engine) async throws {
        let world = try await APIWorld(engine)
        try await world.claimNumber()
        let name = #"Ünï🎉"\\/ order,{1} '; DROP TABLE calls;--"#
        try await world.serving(.live) { client in
            let body = JSONValue.object([
                JSONMember("from", "0200000001"), JSONMember("to", ["0712 345 678"]),
                JSONMember("clientRequestId", .string(name)), JSONMember("unknown", ["ignored": true]),
                JSONMember("record", nil),
            ])
            let placed = try await world.ask(client, .post, "/v1/calls", body.text)
            #expect(placed.status == 201 && placed.json["client_request_id"] == .string(name))
            #expect(placed.json["from"] == "+254200000001" && placed.json["to"] == "+254712345678")
            let page = try await world.ask(
                client,
                .get,
                "/v1/calls?direction=outbound&status=initiated,ringing&q=345678"
            )
            guard case .array(let calls)? = page.json["data"] else {
                Issue.record("\(page.json)")
                return
            }
            #expect(calls.map { $0["client_request_id"] } == [.string(name)])
            #expect(try await world.ask(client, .get, "/v1/calls?direction=inbound").json["data"] == [])
        }
    }
}
