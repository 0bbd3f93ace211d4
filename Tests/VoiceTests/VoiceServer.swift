import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Platform
import TestSupport
import WebTestSupport

/// A customer's web server, which says what calls do.
final class VoiceServer: Sendable {
    /// What it was asked.
    struct Asked: Sendable {
        let path: String
        let query: String?
        let fields: [String: String]
        let body: String
        let headers: [String: String]
    }

    /// What it answers: a status, a content type and a body.
    struct Answer: Sendable {
        var status = HTTPResponse.Status.ok
        var contentType = "application/json"
        var body: String

        /// A document of these actions.
        static func actions(_ actions: VoiceAction...) -> Answer {
            let document: JSONValue = ["actions": .array(actions.map(\.json))]
            return Answer(body: document.text)
        }

        static func failure(_ status: HTTPResponse.Status) -> Answer { Answer(status: status, body: "") }
    }

    private let server: TestWebServer
    private let log: Locked<[Asked]>

    /// Starts a server that answers by path and number of the question, from 1. Webhooks are answered with `OK` and not counted.
    init(_ answer: @escaping @Sendable (Asked, Int) async throws -> Answer) async throws {
        let log = Locked<[Asked]>([])
        self.log = log
        server = try await TestWebServer { request, _ in
            let body = String(buffer: try await request.body.collect(upTo: 1 << 20))
            var headers: [String: String] = [:]
            for field in request.headers { headers[field.name.rawName.lowercased()] = field.value }
            let asked = Asked(
                path: request.uri.path,
                query: request.uri.query,
                fields: Self.fields(body, headers["content-type"] ?? ""),
                body: body,
                headers: headers
            )
            let count = log.withLock { log in
                log.append(asked)
                return log.count
            }
            let answer = try await answer(asked, count)
            return Response(
                status: answer.status,
                headers: [.contentType: answer.contentType],
                body: .init(byteBuffer: ByteBuffer(string: answer.body))
            )
        }
    }

    /// All that it was asked, in order.
    var all: [Asked] { log.withLock { $0 } }

    func url(_ path: String = "/voice") -> String { "http://127.0.0.1:\(server.port)\(path)" }

    private static func fields(_ body: String, _ contentType: String) -> [String: String] {
        if contentType.hasPrefix("application/json") {
            let object = try? JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: String]
            return object ?? [:]
        }
        var components = URLComponents()
        components.percentEncodedQuery = body
        return (components.queryItems ?? []).reduce(into: [:]) { $0[$1.name] = $1.value }
    }
}
