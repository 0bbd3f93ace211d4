import HTTPTypes
import HummingbirdTesting
import Metrics
import Platform
import Primitives
import Testing
import WebSupport

/// What HTTP itself asks for, over a real socket.
@Suite struct TransportTests {
    @Test func everyAnswerIsNamedAndNotStored() async throws {
        let world = try await APIWorld()
        try await world.serving(.live) { client in
            var seen: Set<String> = []
            for path in ["/v1/wallet", "/v1/calls/none", "/v1/nothing", "/health"] {
                let answer = try await world.ask(client, .get, path)
                let id = try #require(answer.headers[.requestID])
                #expect(id.hasPrefix("req_") && id.count == 30)
                seen.insert(id)
                #expect(answer.headers[.contentTypeOptions] == "nosniff" && answer.headers[.cacheControl] == "no-store")
                #expect(answer.headers[.contentType] == "application/json; charset=utf-8")
                if answer.status >= 400 { #expect(answer.json["error"]?["request_id"] == .string(id)) }
            }
            #expect(seen.count == 4)
        }
    }

    @Test func headIsGetWithoutItsBody() async throws {
        let world = try await APIWorld()
        try await world.serving(.live) { client in
            for path in ["/v1/wallet", "/v1/numbers", "/v1/public/pricing", "/health", "/metrics", "/v1/calls/none"] {
                let head = try await world.send(client, .head, path)
                let get = try await world.send(client, .get, path)
                #expect(head.status == get.status && head.bytes.isEmpty && !get.bytes.isEmpty, "\(path)")
                if path != "/metrics" {
                    #expect(head.headers[.contentLength] == get.headers[.contentLength], "\(path)")
                }
            }
        }
    }

    @Test func aWrongMethodIsToldTheRightOnes() async throws {
        let world = try await APIWorld()
        let cases: [(HTTPRequest.Method, String, String)] = [
            (.delete, "/v1/calls", "GET, HEAD, POST"), (.put, "/v1/wallet", "GET, HEAD"),
            (.get, "/v1/calls/x/hangup", "POST"), (.post, "/v1/public/pricing", "GET, HEAD"),
            (.patch, "/health", "GET, HEAD"), (.options, "/v1/numbers", "GET, HEAD, POST"),
        ]
        try await world.serving(.live) { client in
            for (method, path, allowed) in cases {
                let answer = try await world.ask(client, method, path)
                #expect(answer.status == 405 && answer.headers[.allow] == allowed, "\(method) \(path)")
                #expect(answer.json["error"]?["code"] == "request.method_not_allowed")
            }
        }
    }

    @Test func aSlashAtTheEndChangesNothing() async throws {
        let world = try await APIWorld()
        try await world.serving(.live) { client in
            for path in ["/v1/wallet/", "/v1/numbers/", "/v1/calls/", "/v1/public/pricing/"] {
                let status = try await world.send(client, .get, path).status
                #expect(status == 200, "\(path)")
            }
        }
    }

    @Test func theLimitIsToldWhateverTheAnswerIs() async throws {
        let world = try await APIWorld(requestsPerMinute: 3)
        try await world.serving(.live) { client in
            let missing = try await world.ask(client, .get, "/v1/calls/none")
            #expect(missing.status == 404 && missing.headers[.rateLimitRemaining] == "2")
            let wrong = try await world.ask(client, .delete, "/v1/wallet")
            #expect(wrong.status == 405 && wrong.headers[.rateLimitRemaining] == "1" && wrong.headers[.allow] != nil)
            let bad = try await world.ask(client, .post, "/v1/calls", "{")
            #expect(bad.status == 400 && bad.headers[.rateLimitRemaining] == "0")
            #expect(bad.headers[.rateLimitLimit] == "3" && bad.headers[.rateLimitReset] == "60")
            #expect(try await world.ask(client, .get, "/v1/wallet").status == 429)
        }
    }

    @Test func aTooLargeBodyLeavesTheServerWell() async throws {
        let world = try await APIWorld()
        let large = "{\"from\": \"\(String(repeating: "x", count: 5 << 20))\"}"
        try await world.serving(.live) { client in
            let answer = try await world.ask(client, .post, "/v1/calls", large)
            #expect(answer.status == 413 && answer.json["error"]?["code"] == "request.too_large")
        }
        try await world.serving(.live) { client in
            let status = try await world.send(client, .get, "/health").status
            #expect(status == 200)
        }
    }

    @Test func theRegistryIsPrintedForPrometheus() async throws {
        let world = try await APIWorld()
        let counter = world.registry.makeCounter(
            label: "http_requests_total",
            dimensions: [("route", "/v1/calls/{id}"), ("text", "a\"b\\c\nd")]
        )
        counter.increment(by: 2)
        let timer = world.registry.makeTimer(label: "duration_seconds", dimensions: [])
        timer.recordNanoseconds(3_000_000)
        timer.recordNanoseconds(60_000_000_000)
        world.registry.makeRecorder(label: "calls.live", dimensions: [], aggregate: false).record(Int64(3))
        try await world.serving(.live) { client in
            let answer = try await world.send(client, .get, "/metrics")
            let lines = String(decoding: answer.bytes, as: UTF8.self).split(separator: "\n")
            #expect(answer.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
            let expected: [Substring] = [
                "# TYPE http_requests_total counter",
                #"http_requests_total{route="/v1/calls/{id}",text="a\"b\\c\nd"} 2"#, "# TYPE calls_live gauge",
                "calls_live 3.0", "# TYPE duration_seconds histogram", #"duration_seconds_bucket{le="0.0025"} 0"#,
                #"duration_seconds_bucket{le="0.005"} 1"#, #"duration_seconds_bucket{le="+Inf"} 2"#,
                "duration_seconds_count 2",
            ]
            for line in expected { #expect(lines.contains(line), "\(line)") }
        }
    }
}
