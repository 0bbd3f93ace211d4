import Foundation
import Hummingbird
import Platform
import Primitives
import TestSupport
import Testing
import WebTestSupport

/// A test workspace's clock on a running server.
@Suite(.timeLimit(.minutes(3))) struct TestClockTests {
    @Test func monthsPassInSecondsAndWebhooksAreTriedAgain() async throws {
        let server = try await TestServer(isSandbox: true)
        let live = try await Customer(server)
        let made = try await server.ask("POST", "/v1/api-keys", key: live.key, body: ["name": "ci", "mode": "test"])
        let key = try #require(made.json["key"]?.stringValue)
        // Takes the fourth of what it is sent, and nothing before.
        let asked = Locked(0)
        let receiver = try await TestWebServer { _, _ in
            let count = asked.withLock { count in
                count += 1
                return count
            }
            return Response(status: count < 4 ? .serviceUnavailable : .ok)
        }
        let hook = try await server.ask(
            "POST",
            "/v1/webhooks",
            key: key,
            body: ["url": .string("http://127.0.0.1:\(receiver.port)/events"), "events": ["number.provisioned"]]
        )
        #expect(hook.status == 201, "\(hook)")
        let claimed = try await server.ask("POST", "/v1/numbers", key: key, body: ["number": "+254200900001"])
        #expect(claimed.status == 201, "\(claimed)")
        let before = try await server.ask("GET", "/v1/test/clock", key: key).json
        #expect(before["status"] == "ready" && before["offset_seconds"] == 0, "\(before)")
        let seconds = 62 * 86_400
        let sent = try await server.ask(
            "POST",
            "/v1/test/clock/advance",
            key: key,
            body: ["seconds": .integer(Int64(seconds))]
        )
        #expect(sent.status == 200 && sent.json["status"] == "advancing", "\(sent)")
        let after = try await Waiting.until(within: .seconds(60)) { () -> JSONValue? in
            let clock = try await server.ask("GET", "/v1/test/clock", key: key).json
            return clock["status"] == "ready" ? clock : JSONValue?.none
        }
        let offset = try #require(after["offset_seconds"]?.integer)
        #expect(offset <= seconds && offset > seconds - 60, "\(after)")
        let rows = try await server.ask("GET", "/v1/wallet/transactions?type=number_rental", key: key).json["data"]
        // 62 days have two first days of a month, wherever they begin.
        #expect(rows?.elements.count == 1 + 2, "\(String(describing: rows))")
        #expect(asked.withLock(\.self) == 4)
        // What is asked now happens then.
        let placed = try await server.ask(
            "POST",
            "/v1/calls",
            key: key,
            body: ["from": "+254200900001", "to": "+254700000101"]
        )
        let created = try #require(placed.json["created_at"]?.stringValue.flatMap { Timestamp(rfc3339: $0) })
        #expect(created > SystemWallClock().now() + .seconds(seconds - 60))
        let refused = try await server.ask("POST", "/v1/test/clock/advance", key: live.key, body: ["seconds": 1])
        #expect(refused.status == 403 && refused.json["error"]?["code"] == "test_clock.live_workspace", "\(refused)")
    }
}
