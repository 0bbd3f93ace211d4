import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import NIOFoundationCompat
import Platform
import Primitives
import TestSupport
import WebTestSupport

/// A customer's web server: takes webhooks, checks their signatures, and keeps them.
final class WebhookSink: Sendable {
    /// Signs what is sent here.
    static let secret = "whsec_0123456789abcdef0123456789abcdef"

    private let scheme: String
    private let server: TestWebServer
    private let events: Locked<[JSONValue]>

    /// Starts a server on a free port.
    ///
    /// - Parameter identity: what it shows when it is to speak TLS.
    init(identity: TestAuthority.Identity? = nil) async throws {
        scheme = identity == nil ? "http" : "https"
        let events = Locked<[JSONValue]>([])
        server = try await TestWebServer(identity: identity) { request, _ in
            var request = request
            let body = Data(buffer: try await request.collectBody(upTo: 1 << 20))
            let header = request.headers.first { $0.name.rawName.lowercased() == "x-sautikit-signature" }?.value ?? ""
            let text = String(decoding: body, as: UTF8.self)
            let isRight = WebhookSignature.isValid(header, body: text, secret: Self.secret, at: SystemWallClock().now())
            guard isRight, let event = try? JSONValue(parsing: body) else { return Response(status: .badRequest) }
            events.withLock { $0.append(event) }
            return Response(status: .ok)
        }
        self.events = events
    }

    var url: String { "\(scheme)://127.0.0.1:\(server.port)/events" }

    /// The kinds that came, in their order.
    var kinds: [String] {
        events.withLock { events in
            events.compactMap { if case .string(let kind)? = $0["kind"] { kind } else { nil } }
        }
    }

    /// The payload of the first event of a kind, when it has come.
    func data(of kind: String, within limit: Duration = .seconds(20)) async throws -> JSONValue {
        try await Waiting.until(within: limit) { [events] in
            events.withLock { events in events.first { $0["kind"] == .string(kind) }?["data"] }
        }
    }
}
