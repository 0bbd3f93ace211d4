import Foundation
import Hummingbird
import NIOCore
import Platform
import TestSupport
import WebTestSupport

/// A customer's web server, which keeps what it is sent and answers as it is told.
final class CallbackSink: Sendable {
    /// A request as it came.
    struct Arrival: Sendable {
        let path: String
        let headers: [String: String]
        let body: JSONValue
        let text: String
    }

    private let server: TestWebServer
    private let log: Locked<[Arrival]>

    var all: [Arrival] { log.withLock { $0 } }

    /// - Parameter answer: by path; the default accepts everything.
    init(answer: (@Sendable (String) async throws -> Response)? = nil) async throws {
        let log = Locked<[Arrival]>([])
        self.log = log
        server = try await TestWebServer { request, _ in
            let text = String(buffer: try await request.body.collect(upTo: 1 << 20))
            var headers: [String: String] = [:]
            for field in request.headers { headers[field.name.rawName.lowercased()] = field.value }
            let body = try JSONValue(parsing: Data(text.utf8))
            let arrival = Arrival(path: request.uri.path, headers: headers, body: body, text: text)
            log.withLock { $0.append(arrival) }
            return try await answer?(arrival.path) ?? Self.accepted
        }
    }

    func url(_ path: String) -> String { "http://127.0.0.1:\(server.port)\(path)" }

    /// The requests to a path, once there are that many.
    func arrivals(_ path: String, count: Int = 1) async throws -> [Arrival] {
        try await Waiting.until { [self] in
            let found = all.filter { $0.path == path }
            return found.count >= count ? found : nil
        }
    }

    static var accepted: Response { json(#"{"ResultCode":0,"ResultDesc":"Accepted"}"#) }

    static func json(_ text: String) -> Response {
        Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
