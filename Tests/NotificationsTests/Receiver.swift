import Foundation
import Hummingbird
import NIOCore
import TestSupport
import WebTestSupport

/// A customer's web server on loopback, which keeps what it is sent.
final class Receiver: Sendable {
    /// A request as it arrived.
    struct Received: Sendable {
        let headers: [String: String]
        let body: String
        let at: ContinuousClock.Instant

        /// A field of the envelope.
        func field(_ name: String) throws -> String? {
            let object = try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]
            return object?[name] as? String
        }
    }

    var port: Int { server.port }
    let requests: AsyncStream<Received>
    private let log: Locked<[Received]>
    private let server: TestWebServer

    var all: [Received] { log.withLock { $0 } }

    func url(_ path: String = "/hook", host: String = "127.0.0.1") -> String { "http://\(host):\(port)\(path)" }

    /// Starts a server that answers each request with what `answer` says of its path and number, from 1.
    static func start(
        answer: @escaping @Sendable (String, Int) async throws -> Response = { _, _ in Response(status: .ok) }
    ) async throws -> Receiver {
        let (requests, arrivals) = AsyncStream.makeStream(of: Received.self)
        let log = Locked<[Received]>([])
        let server = try await TestWebServer { request, _ in
            let buffer = try await request.body.collect(upTo: 1 << 20)
            var headers: [String: String] = [:]
            for field in request.headers { headers[field.name.rawName.lowercased()] = field.value }
            headers["host"] = request.head.authority
            let received = Received(headers: headers, body: String(buffer: buffer), at: .now)
            let count = log.withLock { log in
                log.append(received)
                return log.count
            }
            arrivals.yield(received)
            return try await answer(request.uri.path, count)
        }
        return Receiver(server: server, requests: requests, log: log)
    }

    private init(server: TestWebServer, requests: AsyncStream<Received>, log: Locked<[Received]>) {
        self.server = server
        self.requests = requests
        self.log = log
    }
}
