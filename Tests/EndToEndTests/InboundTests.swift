import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Platform
import TestSupport
import Testing
import WebTestSupport

/// Calls that come in, over HTTP and the command line alone, as docs/calls.md tells it.
@Suite(.timeLimit(.minutes(3))) struct InboundTests {
    @Test func aPhoneCallsIsAskedForKeysSteeredAndTold() async throws {
        let server = try await TestServer(isSandbox: true)
        let customer = try await Customer(server)
        let voice = try await TestWebServer { request, _ in
            let body = String(buffer: try await request.body.collect(upTo: 1 << 20))
            let document =
                body.contains(#""Digits":"42""#)
                ? #"{"actions": [{"say": {"text": "Thank you."}}, {"pause": {"length": 600}}]}"#
                : #"{"actions": [{"getDigits": {"numDigits": 2, "timeout": 60}}]}"#
            return Response(
                status: .ok,
                headers: [.contentType: "application/json"],
                body: .init(byteBuffer: ByteBuffer(string: document))
            )
        }
        let routing: JSONValue = ["voice_callback_url": .string("http://127.0.0.1:\(voice.port)/voice")]
        let number = try await Self.number(customer)
        #expect(
            try await server.ask("PATCH", "/v1/numbers/\(number)/routing", key: customer.key, body: routing).status
                == 200
        )
        let wish: JSONValue = ["to": .string(Customer.number), "digits": "42", "seconds": 300]
        let calling = try await server.ask("POST", "/sandbox/calls", key: customer.key, body: wish)
        #expect(calling.status == 202, "\(calling.json.text)")
        let id = try await Self.inboundCall(customer)
        try await Waiting.until(within: .seconds(60)) {
            try await Self.kinds(customer.read(id)).contains("flow.digits") ? true : nil
        }
        try await Waiting.until(within: .seconds(60)) {
            try await Self.kinds(customer.read(id)).contains("flow.say") ? true : nil
        }
        let actions: JSONValue = ["actions": [["play": ["url": "tone:440,200"]], ["hangup": [:]]]]
        let steered = try await server.ask("POST", "/v1/calls/\(id)/actions", key: customer.key, body: actions)
        #expect(steered.status == 202, "\(steered.json.text)")
        let call = try await customer.end(id)
        #expect(call["direction"] == "inbound" && call["status"] == "completed" && call["cost_minor"] == 0)
        #expect(call["local_e164"] == .string(Customer.number))
        let late = try await server.ask("POST", "/v1/calls/\(id)/actions", key: customer.key, body: actions)
        #expect(late.status == 409 && late.json["error"]?["code"] == "calls.not_live")
        let story = try await server.ask("GET", "/v1/calls/\(id)/timeline", key: customer.key)
        #expect(story.json["summary"]?.stringValue?.hasPrefix("Your document hung up after ") == true)
        let messages = story.json["sip"]?.elements.compactMap { $0["message"]?.stringValue } ?? []
        #expect(messages.first == "INVITE" && messages.contains("200 OK") && messages.contains("BYE"))
        #expect(story.json["quality"]?["packets_received"] != nil)
        #expect(try await server.run(admin: ["ledger", "check"]).status == 0)
    }

    @Test func aTrunkNamesWhereItsCallsComeFrom() async throws {
        let server = try await TestServer(isSandbox: false)
        let words = [
            "trunk", "add", "--name", "carrier", "--address", "192.0.2.10:5060", "--transport", "udp", "--prefix",
            "+254",
        ]
        let added = try await server.run(admin: words + ["--from", "192.0.2.0/28"])
        #expect(added.status == 0 && added.output.contains("calls from 192.0.2.0/28"), "\(added.output)")
        let wrong = try await server.run(admin: words + ["--replace", "--from", "everywhere"])
        #expect(wrong.status != 0 && wrong.output.contains("'everywhere' is not a network"), "\(wrong.output)")
    }

    private static func number(_ customer: Customer) async throws -> String {
        let list = try await customer.server.ask("GET", "/v1/numbers", key: customer.key)
        guard let id = list.json["numbers"]?.elements.first?["id"]?.stringValue else {
            throw WaitingTimeout(what: "a number in \(list.json.text)")
        }
        return id
    }

    private static func inboundCall(_ customer: Customer) async throws -> String {
        try await Waiting.until {
            let list = try await customer.server.ask("GET", "/v1/calls?direction=inbound", key: customer.key)
            return list.json["data"]?.elements.first?["id"]?.stringValue
        }
    }

    private static func kinds(_ call: JSONValue) -> [String] {
        call["events"]?.elements.compactMap { $0["kind"]?.stringValue } ?? []
    }
}
