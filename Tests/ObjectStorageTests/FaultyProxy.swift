import AsyncHTTPClient
import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTP1
import NIOPosix
import ObjectStorage
import TestSupport

/// Stands between a client and a store, and answers some requests as a store does that is at its limits.
struct FaultyProxy: Sendable {
    /// A request as the store sees it: `PUT`, and the query's names.
    struct Seen: Sendable, Equatable {
        let method: String
        let query: Set<String>
    }

    /// Whether a request fails, by how often such a request has come: from 1.
    typealias Rule = @Sendable (Seen, Int) -> Bool

    private static let slowDown =
        "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"

    let seen = Locked<[Seen]>([])
    private let target: String
    private let rule: Rule

    init(_ target: String, failing rule: @escaping Rule) {
        self.target = target
        self.rule = rule
    }

    /// Runs `body` with the proxy's address.
    func running(_ body: @escaping @Sendable (String) async throws -> Void) async throws {
        let client = HTTPClient(eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup.singleton))
        let port = FreePort.any()
        let bound = Locked(false)
        let application = Application(
            responder: CallbackResponder { (request: Request, _: BasicRequestContext) in
                try await answer(request, client)
            },
            configuration: .init(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { _ in bound.withLock { $0 = true } }
        )
        let result: Result<Void, any Error>
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await application.run() }
                defer { group.cancelAll() }
                try await Waiting.until { bound.withLock { $0 } ? true : nil }
                try await body("http://127.0.0.1:\(port)")
            }
            result = .success(())
        } catch {
            result = .failure(error)
        }
        try await client.shutdown()
        try result.get()
    }

    private func answer(_ request: Request, _ client: HTTPClient) async throws -> Response {
        let body = try await request.body.collect(upTo: 32 << 20)
        let query = Set((request.uri.query ?? "").split(separator: "&").map { String($0.prefix { $0 != "=" }) })
        let seen = Seen(method: request.method.rawValue, query: query)
        let count = self.seen.withLock { list in
            list.append(seen)
            return list.count { $0 == seen }
        }
        if rule(seen, count) {
            return Response(status: .serviceUnavailable, body: .init(byteBuffer: ByteBuffer(string: Self.slowDown)))
        }
        var forwarded = HTTPClientRequest(url: target + request.uri.string)
        forwarded.method = .init(rawValue: request.method.rawValue)
        for field in request.headers where field.name != .contentLength {
            forwarded.headers.add(name: field.name.rawName, value: field.value)
        }
        // What was signed is the address that the client asked.
        forwarded.headers.replaceOrAdd(name: "host", value: request.head.authority ?? "")
        if request.method == .put || request.method == .post { forwarded.body = .bytes(body) }
        let response = try await client.execute(forwarded, timeout: .seconds(60))
        var headers: HTTPFields = [:]
        for name in ["etag", "content-range"] {
            if let value = response.headers.first(name: name), let field = HTTPField.Name(name) {
                headers[field] = value
            }
        }
        let content = try await response.body.collect(upTo: 32 << 20)
        return Response(
            status: .init(code: Int(response.status.code)),
            headers: headers,
            body: .init(byteBuffer: content)
        )
    }
}
