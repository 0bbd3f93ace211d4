import Hummingbird
import Platform
import TestSupport
import Testing
import WebTestSupport

/// What an operator says of streams holds on their sockets.
@Suite(.timeLimit(.minutes(2))) struct StreamLimitTests {
    private static func stream(_ url: String) -> JSONValue { ["stream": ["url": .string(url), "connect": true]] }

    @Test func messagesPatienceAndAuthoritiesAreThoseOfTheSettings() async throws {
        let sockets = try await SocketServer(subprotocol: "audio.drachtio.org", isSecured: true)
        let (never, end) = AsyncStream<Void>.makeStream()
        defer { end.finish() }
        let silent = try await TestWebServer { _, _ in
            for await _ in never {}
            return Response(status: .ok)
        }
        let server = try await TestServer(
            isSandbox: true,
            settings: [
                "SAUTIKIT_STREAM_CONNECT_TIMEOUT_SECONDS": "1", "SAUTIKIT_STREAM_MAX_MESSAGE_BYTES": "4096",
                "SAUTIKIT_CUSTOMER_CA_FILE": try #require(sockets.certificate).file,
            ]
        )
        let customer = try await Customer(server)
        let actions: JSONValue = [
            Self.stream("ws://127.0.0.1:\(silent.port)/it"),
            Self.stream("wss://localhost:\(sockets.port)/flood?size=8000&count=2"), ["hangup": [:]],
        ]
        let id = try await customer.call("+254700000010", [JSONMember("actions", actions)])
        _ = try await customer.end(id)
        let timeline = try await server.ask("GET", "/v1/calls/\(id)/timeline", key: customer.key).json
        let entries = timeline["entries"]?.elements ?? []
        let errors = entries.filter { $0["kind"] == "stream.error" }.map {
            $0["details"]?["problem"]?.stringValue ?? ""
        }
        try #require(errors.count == 2, "\(timeline.text)")
        #expect(errors[0] == "no answer within 1.0 seconds")
        #expect(errors[1].contains("more than 4096 bytes"), "\(errors[1])")
    }
}
