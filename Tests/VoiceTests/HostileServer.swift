import HTTPTypes
import Hummingbird
import NIOCore
import TestSupport
import WebTestSupport

/// A customer's web server that misbehaves in the way that its path names.
final class HostileServer: Sendable {
    private let server: TestWebServer
    private let open = Locked(0)

    init() async throws {
        server = try await TestWebServer { [open] request, _ in
            try await Self.answer(request, open)
        }
    }

    func url(_ path: String) -> String { "http://127.0.0.1:\(server.port)\(path)" }

    /// Endless bodies that somebody still takes.
    var taken: Int { open.withLock { $0 } }

    private static func answer(_ request: Request, _ open: Locked<Int>) async throws -> Response {
        let path = request.uri.path
        switch path {
        case "/silent":
            await Silence.forever()
            return Response(status: .ok)
        case "/loop": return Response(status: .temporaryRedirect, headers: [.location: "/loop"])
        case "/again": return text("application/json", #"{"actions": [{"redirect": {"url": "/again"}}]}"#)
        case "/huge": return text("application/json", #"{"actions": ["# + String(repeating: " ", count: 10_000_000))
        case "/endless", "/drip": return Response(status: .ok, headers: json, body: body(path, open))
        case "/deep": return text("application/json", String(repeating: "[", count: 200_000))
        case "/deep-xml":
            return text("text/xml", "<Response>" + String(repeating: "<GetDigits>", count: 20_000))
        case "/laughs":
            let entity = (1...9).map { "<!ENTITY a\($0) \"\(String(repeating: "&a\($0 - 1);", count: 10))\">" }.joined()
            return text(
                "text/xml",
                "<!DOCTYPE r [<!ENTITY a0 \"ha\">\(entity)]><Response><Say>&a9;</Say></Response>"
            )
        case "/verbs": return text("application/json", #"{"actions": [{"sing": {}}, {"dance": {}}]}"#)
        case "/many":
            let pauses = Array(repeating: #"{"pause": {}}"#, count: 51).joined(separator: ",")
            return text("application/json", #"{"actions": [\#(pauses)]}"#)
        case "/types": return text("application/json", #"{"actions": {"say": 7}}"#)
        case "/broken": return text("application/json", #"{"actions": ["#)
        case "/binary": return text("application/json", "{\u{0}\u{1}\u{2}}")
        case "/page.wav": return text("audio/wav", "<html><body>Not found</body></html>")
        case "/noise.wav":
            return text("audio/wav", "RIFF\u{1}\u{2}\u{3}\u{4}WAVEfmt " + String(repeating: "x", count: 5000))
        default: return Response(status: .notFound)
        }
    }

    private static let json: HTTPFields = [.contentType: "application/json"]

    private static func text(_ type: String, _ body: String) -> Response {
        Response(status: .ok, headers: [.contentType: type], body: .init(byteBuffer: ByteBuffer(string: body)))
    }

    /// A body that never ends: as fast as it is taken, or a byte at a time.
    private static func body(_ path: String, _ open: Locked<Int>) -> ResponseBody {
        let piece = ByteBuffer(string: String(repeating: " ", count: path == "/drip" ? 1 : 65_536))
        return ResponseBody { writer in
            open.withLock { $0 += 1 }
            defer { open.withLock { $0 -= 1 } }
            while true {
                try await writer.write(piece)
                if path == "/drip" { try await Task.sleep(for: .milliseconds(20)) }
            }
        }
    }
}
