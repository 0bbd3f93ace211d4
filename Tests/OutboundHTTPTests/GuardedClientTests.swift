import HTTPTypes
import Hummingbird
import NIOCore
import NIOPosix
import Primitives
import TestSupport
import Testing
import WebTestSupport

@testable import OutboundHTTP

@Suite(.timeLimit(.minutes(1))) struct GuardedClientTests {
    /// Sends `request` to a server that answers as `answer` says of the path and the body.
    private func send(
        adjust: (inout GuardedRequest) -> Void = { _ in },
        method: GuardedRequest.Method = .get,
        path: String = "/it",
        settings: OutboundSettings = OutboundSettings(),
        answer: @escaping @Sendable (Request) async throws -> Response
    ) async throws -> GuardedAnswer {
        let server = try await TestWebServer { request, _ in try await answer(request) }
        var request = GuardedRequest(method, "http://127.0.0.1:\(server.port)\(path)")
        adjust(&request)
        let result = await Self.result(of: request, settings: settings)
        withExtendedLifetime(server) {}
        return try result.get()
    }

    private static func result(
        of request: GuardedRequest,
        policy: DestinationPolicy = DestinationPolicy(allowedNetworks: DestinationPolicy.loopback),
        resolver: any HostResolver = FixedResolver([:]),
        settings: OutboundSettings = OutboundSettings()
    ) async -> Result<GuardedAnswer, OutboundFailure> {
        let client = GuardedClient(
            policy: policy,
            resolver: resolver,
            group: MultiThreadedEventLoopGroup.singleton,
            settings: settings
        )
        let result: Result<GuardedAnswer, OutboundFailure>
        do { result = .success(try await client.send(request)) } catch { result = .failure(error) }
        await client.shutDown()
        return result
    }

    /// The words of the failure; nil when there was none.
    private func failure(_ body: () async throws -> GuardedAnswer) async throws -> String? {
        do {
            _ = try await body()
            return nil
        } catch let error as OutboundFailure {
            return error.description
        }
    }

    private static func redirect(_ code: Int, to location: String) -> Response {
        Response(status: HTTPResponse.Status(code: code), headers: [.location: location])
    }

    @Test func anAnswerHasItsParts() async throws {
        let answer = try await send(path: "/a?b=c") { request in
            let echo = "\(request.method) \(request.uri.string) \(request.headers[.userAgent] ?? "")"
            return Response(
                status: .accepted,
                headers: [.contentType: "text/plain", .eTag: "\"1\"", .cacheControl: "max-age=60"],
                body: .init(byteBuffer: ByteBuffer(string: echo))
            )
        }
        #expect(answer.status == 202)
        #expect(String(decoding: answer.body, as: UTF8.self) == "GET /a?b=c Sautikit/1.0")
        #expect(answer.header("content-type") == "text/plain")
        #expect(answer.header("ETAG") == "\"1\"")
        #expect(answer.header("Cache-Control") == "max-age=60")
        #expect(answer.url.hasSuffix("/a?b=c"))
        #expect(answer.duration > .zero)
    }

    @Test func aPostCarriesItsHeadersAndBody() async throws {
        let echo: @Sendable (Request) async throws -> Response = { request in
            let body = String(buffer: try await request.body.collect(upTo: 100))
            let echo = "\(request.headers[.contentType] ?? "") \(request.headers[.userAgent] ?? "") \(body)"
            return Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: echo)))
        }
        let fill: (inout GuardedRequest) -> Void = {
            $0.headers = [("Content-Type", "application/json"), ("User-Agent", "Duka/1")]
            $0.body = Array("{}".utf8)
        }
        let answer = try await send(adjust: fill, method: .post, answer: echo)
        #expect(String(decoding: answer.body, as: UTF8.self) == "application/json Duka/1 {}")
    }

    @Test(arguments: [301, 302, 303, 307, 308]) func aGetFollowsEveryRedirect(_ code: Int) async throws {
        let answer = try await send(path: "/from") { request in
            request.uri.path == "/there" ? Response(status: .noContent) : Self.redirect(code, to: "/there")
        }
        #expect(answer.status == 204)
        #expect(answer.url.hasSuffix("/there"))
    }

    @Test(arguments: [301, 302, 303]) func aPostIsNotTurnedIntoAGet(_ code: Int) async throws {
        let answer = try await send(method: .post) { _ in Self.redirect(code, to: "/there") }
        #expect(answer.status == code)
    }

    @Test func redirectsAreCountedAndChecked() async throws {
        let endless = try await failure { try await send { _ in Self.redirect(302, to: "/again") } }
        #expect(endless == "refused: more than 3 redirects")
        let inside = try await failure { try await send { _ in Self.redirect(302, to: "http://10.0.0.1/") } }
        #expect(inside == "refused: 10.0.0.1 is a private address")
        let file = try await failure { try await send { _ in Self.redirect(302, to: "file:///etc/passwd") } }
        #expect(file == "refused: the scheme file is neither https nor http")
    }

    @Test func aNameThatMovesInsideIsRefused() async throws {
        let server = try await TestWebServer { _, _ in Self.redirect(307, to: "/again") }
        let result = await Self.result(
            of: GuardedRequest(.get, "http://rebind.example.co.ke:\(server.port)/it"),
            resolver: FixedResolver(["rebind.example.co.ke": [["127.0.0.1"], ["169.254.169.254"]]])
        )
        #expect(throws: OutboundFailure.self) { try result.get() }
        if case .failure(let failure) = result {
            #expect(failure.description == "refused: 169.254.169.254 is a link-local address")
        }
        withExtendedLifetime(server) {}
    }

    @Test func withoutPermissionLoopbackIsRefused() async throws {
        let result = await Self.result(of: GuardedRequest(.get, "http://127.0.0.1:8080/"), policy: DestinationPolicy())
        guard case .failure(.refused(.address)) = result else {
            Issue.record("\(result)")
            return
        }
    }

    @Test(arguments: [true, false]) func aBodyHasALimit(announced: Bool) async throws {
        let bytes = ByteBuffer(repeating: 7, count: 3000)
        let answer: @Sendable (Request) -> Response = { _ in
            let body: ResponseBody =
                announced
                ? .init(byteBuffer: bytes)
                : ResponseBody { writer in
                    for _ in 0..<3 { try await writer.write(ByteBuffer(repeating: 7, count: 1000)) }
                    try await writer.finish(nil)
                }
            return Response(status: .ok, body: body)
        }
        let words = try await failure { try await send(adjust: { $0.maxBodyBytes = 2999 }, answer: answer) }
        #expect(words == "the answer is larger than 2999 bytes")
        let whole = try await send(adjust: { $0.maxBodyBytes = 3000 }, answer: answer)
        #expect(whole.body.count == 3000)
        let cut = try await send(adjust: { ($0.maxBodyBytes, $0.cutsBody) = (10, true) }, answer: answer)
        #expect(cut.body == [UInt8](repeating: 7, count: 10))
    }

    @Test func headersHaveALimit() async throws {
        let words = try await failure {
            try await send { _ in
                Response(status: .ok, headers: [.contentType: String(repeating: "x", count: 40_000)])
            }
        }
        #expect(words == "the answer's headers are larger than 32768 bytes")
    }

    @Test func aServerThatNeverAnswersRunsOutOfTime() async throws {
        let start = ContinuousClock.now
        let words = try await failure {
            try await send(adjust: { $0.timeout = .milliseconds(200) }) { _ in
                await Silence.forever()
                return Response(status: .ok)
            }
        }
        #expect(words == "no answer within 0.2 seconds")
        #expect(start.duration(to: .now) < .seconds(29))
    }

    /// A header at once, and then a byte now and then: the deadline is over all.
    @Test func aBodyThatDripsRunsOutOfTime() async throws {
        let drip: @Sendable (Request) -> Response = { _ in
            Response(
                status: .ok,
                body: ResponseBody { writer in
                    while !Task.isCancelled {
                        try await writer.write(ByteBuffer(bytes: [1]))
                        try await Task.sleep(for: .milliseconds(20))
                    }
                }
            )
        }
        let words = try await failure { try await send(adjust: { $0.timeout = .milliseconds(300) }, answer: drip) }
        #expect(words == "no answer within 0.3 seconds")
        let cut = try await send(adjust: { ($0.timeout, $0.cutsBody) = (.seconds(2), true) }, answer: drip)
        #expect(cut.status == 200)
        #expect(!cut.body.isEmpty)
    }

    @Test func aNameServerThatNeverAnswersRunsOutOfTime() async throws {
        let result = await Self.result(
            of: GuardedRequest(.get, "http://slow.example.co.ke/", timeout: .milliseconds(100)),
            resolver: SilentResolver()
        )
        guard case .failure(.timeout) = result else {
            Issue.record("\(result)")
            return
        }
    }

    @Test func clientsAreBounded() async throws {
        var settings = OutboundSettings()
        settings.maxClients = 4
        let clients = PinnedClients(group: MultiThreadedEventLoopGroup.singleton, settings: settings)
        let address = try #require(IPAddress(parsing: "127.0.0.1"))
        for index in 0..<20 {
            _ = await clients.take(host: "h\(index).example.co.ke", address: address)
            await clients.giveBack(host: "h\(index).example.co.ke", address: address)
        }
        #expect(await clients.count <= 4)
        await clients.shutDown()
    }
}

/// A name server that never answers.
private struct SilentResolver: HostResolver {
    func addresses(of host: String) async throws -> [IPAddress] {
        await Silence.forever()
        return []
    }
}
