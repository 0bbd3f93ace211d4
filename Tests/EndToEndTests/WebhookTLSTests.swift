import Platform
import TestSupport
import Testing
import WebTestSupport

/// Webhooks over HTTPS, to servers whose certificates rest on an authority of the operator's.
@Suite(.timeLimit(.minutes(3))) struct WebhookTLSTests {
    /// Adds a webhook to the workspace, sends the test event there, and returns what the webhook's log says of the first attempt.
    private static func attempt(_ sink: WebhookSink, _ customer: Customer) async throws -> JSONValue {
        let server = customer.server
        let made = try await server.ask("POST", "/v1/webhooks", key: customer.key, body: ["url": .string(sink.url)])
        let id = try #require(made.json["id"]?.stringValue, "\(made)")
        let sent = try await server.ask("POST", "/v1/webhooks/\(id)/test", key: customer.key, body: [:])
        #expect(sent.status == 202)
        return try await Waiting.until {
            let log = try await server.ask("GET", "/v1/webhooks/\(id)/deliveries", key: customer.key).json
            guard let delivery = log["data"]?.elements.first?["id"]?.stringValue else { return nil }
            let path = "/v1/webhooks/deliveries/\(delivery)"
            return try await server.ask("GET", path, key: customer.key).json["attempt_log"]?.elements.first
        }
    }

    @Test func whomTheOperatorTrustsIsToldAndOthersAreNot() async throws {
        let authority = try await TestAuthority()
        let server = try await TestServer(settings: ["SAUTIKIT_CUSTOMER_CA_FILE": authority.certificate])
        let customer = try await Customer(server)

        // What it gets is signed with the webhook's own secret, which it does not know: it answers 400, over TLS.
        let right = try await WebhookSink(identity: try await authority.identity(for: "IP:127.0.0.1"))
        let heard = try await Self.attempt(right, customer)
        #expect(heard["status_code"] == 400 && heard["error"] == .null, "\(heard.text)")

        let otherName = try await WebhookSink(identity: try await authority.identity(for: "DNS:other.example.co.ke"))
        let misnamed = try await Self.attempt(otherName, customer)
        #expect(misnamed["status_code"] == .null)
        #expect(misnamed["error"] == "no TLS: the server's certificate is for another name", "\(misnamed.text)")

        let stranger = try await WebhookSink(identity: try await TestAuthority().identity(for: "IP:127.0.0.1"))
        let untrusted = try await Self.attempt(stranger, customer)
        #expect(untrusted["status_code"] == .null)
        #expect(
            untrusted["error"]
                == "no TLS: the server's certificate has run out, or rests on no authority that is trusted",
            "\(untrusted.text)"
        )
        #expect(otherName.kinds.isEmpty && stranger.kinds.isEmpty)
    }

    /// The number's own URL: its events are signed with a secret that the sink knows.
    @Test func theEventsOfANumberComeOverTLS() async throws {
        let authority = try await TestAuthority()
        let settings = ["SAUTIKIT_CUSTOMER_CA_FILE": authority.certificate]
        let server = try await TestServer(isSandbox: true, settings: settings)
        let sink = try await WebhookSink(identity: try await authority.identity(for: "IP:127.0.0.1"))
        let customer = try await Customer(server, sink: sink)
        #expect(sink.url.hasPrefix("https://"))
        let id = try await customer.call("+254700000101")
        _ = try await customer.end(id)
        #expect(try await sink.data(of: "call.completed")["call_id"]?.stringValue == id)
    }
}
