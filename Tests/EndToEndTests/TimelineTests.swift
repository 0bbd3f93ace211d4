import HTTPTypes
import Hummingbird
import NIOCore
import Platform
import TestSupport
import Testing
import WebTestSupport

/// What `GET /v1/calls/{id}/timeline` tells of real calls, however they end.
@Suite(.timeLimit(.minutes(3))) struct TimelineTests {
    private static let dialled = "+254700000101"

    /// A customer's server that does what the path of its URL says.
    private static func voiceServer() async throws -> TestWebServer {
        let documents = [
            "/dial": #"{"actions": [{"say": {"text": "One moment."}}, {"dial": {"number": "\#(dialled)"}}]}"#,
            "/busy": #"{"actions": [{"reject": {"reason": "busy"}}]}"#, "/empty": #"{"actions": []}"#,
            "/keys": #"{"actions": [{"getDigits": {"numDigits": 2, "timeout": 20}}, {"hangup": {}}]}"#,
        ]
        return try await TestWebServer { request, _ in
            guard let document = documents[request.uri.path] else { return Response(status: .badGateway) }
            return Response(
                status: .ok,
                headers: [.contentType: "application/json"],
                body: .init(byteBuffer: ByteBuffer(string: document))
            )
        }
    }

    private static func timeline(_ id: String, _ customer: Customer) async throws -> JSONValue {
        try await customer.server.ask("GET", "/v1/calls/\(id)/timeline", key: customer.key).json
    }

    private static func messages(_ timeline: JSONValue) -> [String] {
        timeline["sip"]?.elements.compactMap { $0["message"]?.stringValue } ?? []
    }

    private static func entries(_ timeline: JSONValue, _ kind: String) -> [JSONValue] {
        timeline["entries"]?.elements.filter { $0["kind"] == .string(kind) }.compactMap { $0["details"] } ?? []
    }

    @Test func whyACallOutEndedIsSaidInOneSentence() async throws {
        let customer = try await Customer(try await TestServer(isSandbox: true))
        let ends = [
            ("+254700000003", "The other side was busy.", "486 Busy Here"),
            ("+254700000004", "The other side refused the call.", "603 Decline"),
            ("+254700000005", "Nobody answered in time.", "CANCEL"),
            ("+254700000006", "The carrier could not take the call at that moment (503).", "503 Service Unavailable"),
            ("+254700000007", "The number that was called does not exist.", "404 Not Found"),
            (Self.dialled, "The callee hung up after 1 s.", "BYE"),
        ]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (number, sentence, message) in ends {
                group.addTask {
                    let id = try await customer.call(number, [JSONMember("ring_timeout_seconds", 5)])
                    _ = try await customer.end(id)
                    let timeline = try await Self.timeline(id, customer)
                    #expect(timeline["summary"] == .string(sentence), "\(timeline.text)")
                    let messages = Self.messages(timeline)
                    #expect(messages.first == "INVITE" && messages.contains(message), "\(number): \(messages)")
                    let isAnswered = number == Self.dialled
                    #expect((timeline["quality"]?["mos"] != nil) == isAnswered)
                    #expect(timeline["money"]?["cost_minor"] == (isAnswered ? 5 : 0))
                }
            }
            try await group.waitForAll()
        }
        let id = try await customer.call("+254700000001")
        _ = try await customer.wait(id, for: ["answered"])
        #expect(try await Self.timeline(id, customer)["summary"] == "The call is up.")
        #expect(try await customer.server.ask("POST", "/v1/calls/\(id)/hangup", key: customer.key).status == 200)
        _ = try await customer.end(id)
        let summary = try await Self.timeline(id, customer)["summary"]?.stringValue
        #expect(summary?.hasPrefix("A request of yours ended the call after ") == true, "\(summary ?? "")")
    }

    @Test func aCallThatComesInAndWhomItDialsAreToldWhole() async throws {
        let server = try await TestServer(isSandbox: true)
        let customer = try await Customer(server)
        let voice = try await Self.voiceServer()
        let id = try await Self.inbound("/dial", customer, voice)
        let timeline = try await Self.timeline(id, customer)
        #expect(
            timeline["summary"]?.stringValue?.hasPrefix("Your document had no more actions, so the call was ended")
                == true,
            "\(timeline.text)"
        )
        let messages = Self.messages(timeline)
        #expect(messages.first == "INVITE" && messages.contains("200 OK") && messages.contains("BYE"), "\(messages)")
        let quality = try #require(timeline["quality"])
        #expect(quality["packets_received"]?.integer ?? 0 > 20 && quality["packets_from_strangers"] == 0)
        for action in ["flow.say", "flow.dial", "flow.connected", "flow.dial_ended"] {
            #expect(Self.entries(timeline, action).count == 1, "\(action): \(timeline.text)")
        }
        let callback = try #require(Self.entries(timeline, "flow.callback").first)
        #expect(callback["status"] == 200 && callback["problem"] == nil, "\(callback.text)")
        #expect((0...10_000).contains(callback["latency_ms"]?.integer ?? -1))
        #expect(timeline["money"]?["cost_minor"] == 0 && timeline["money"]?["currency"] == "KES")
        let leg = try #require(timeline["legs"]?.elements.first?.stringValue)
        let other = try await Self.timeline(leg, customer)
        #expect(other["summary"] == "The callee hung up after 1 s.", "\(other.text)")
        #expect(other["money"]?["billed_seconds"] == 1 && other["money"]?["cost_minor"] == 5)
    }

    @Test func whyACallThatCameInEndedIsSaidInOneSentence() async throws {
        let customer = try await Customer(try await TestServer(isSandbox: true))
        let voice = try await Self.voiceServer()
        for (path, sentence) in [
            ("/busy", "Your document refused the call as busy."),
            ("/empty", "Your document had no actions, so the call was refused."),
            ("/lost", "Your server gave no document to go on with (the server answered 502), so the call was ended"),
            ("/keys", "The caller hung up after "),
        ] {
            let timeline = try await Self.timeline(Self.inbound(path, customer, voice), customer)
            #expect(timeline["summary"]?.stringValue?.hasPrefix(sentence) == true, "\(path): \(timeline.text)")
            #expect(Self.messages(timeline).first == "INVITE")
            #expect(Self.entries(timeline, "flow.callback").first?["latency_ms"]?.integer != nil)
        }
    }

    @Test func aTrunkThatIsNotThereIsNamedAsTheReason() async throws {
        let server = try await TestServer(isSandbox: false)
        let customer = try await Customer(server)
        let alone = try await customer.call()
        _ = try await customer.end(alone)
        #expect(try await Self.timeline(alone, customer)["summary"] == "No trunk takes calls to this number.")
        try await customer.addTrunk(port: FreePort.any(), transport: "tcp")
        let id = try await customer.call()
        #expect(try await customer.end(id)["hangup_cause"] == "network_out_of_order")
        let timeline = try await Self.timeline(id, customer)
        #expect(timeline["summary"] == "The carrier could not be reached.", "\(timeline.text)")
        #expect(Self.entries(timeline, "sip.failed").count == 1 && timeline["quality"] == .null)
    }

    /// Lets a phone call the number while its URL is this one; the call's id when it is over.
    private static func inbound(_ path: String, _ customer: Customer, _ voice: TestWebServer) async throws -> String {
        let numbers = try await customer.server.ask("GET", "/v1/numbers", key: customer.key)
        let number = try #require(numbers.json["numbers"]?.elements.first?["id"]?.stringValue)
        let routing: JSONValue = ["voice_callback_url": .string("http://127.0.0.1:\(voice.port)\(path)")]
        let routed = try await customer.server.ask(
            "PATCH",
            "/v1/numbers/\(number)/routing",
            key: customer.key,
            body: routing
        )
        #expect(routed.status == 200)
        let before = try await inboundCalls(customer)
        // Longer than the apology, and than what the others say.
        let wish: JSONValue = ["to": .string(Customer.number), "seconds": path == "/keys" ? 2 : 60]
        let calling = try await customer.server.ask("POST", "/sandbox/calls", key: customer.key, body: wish)
        #expect(calling.status == 202, "\(calling.json.text)")
        let id = try await Waiting.until { try await inboundCalls(customer).first { !before.contains($0) } }
        _ = try await customer.end(id)
        return id
    }

    private static func inboundCalls(_ customer: Customer) async throws -> [String] {
        let list = try await customer.server.ask("GET", "/v1/calls?direction=inbound", key: customer.key)
        return list.json["data"]?.elements.compactMap { $0["id"]?.stringValue } ?? []
    }
}
