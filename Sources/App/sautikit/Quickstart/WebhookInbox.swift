import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Platform
import Primitives
import Synchronization

/// The customer's side of webhooks: a small web server on loopback that keeps what it is sent.
final class WebhookInbox: Sendable {
    /// A webhook as it arrived.
    struct Arrival: Sendable {
        let kind: String
        let eventID: String
        let headerEventID: String?
        let isSigned: Bool
        let data: JSONValue
    }

    private let secret: String
    private let arrivals = Mutex<[Arrival]>([])
    private let clock = SystemWallClock()

    init(secret: String) {
        self.secret = secret
    }

    /// Serves on a free port while `body` runs, which is given the URL.
    func serving<T: Sendable>(_ body: @escaping @Sendable (String) async throws -> T) async throws -> T {
        let (ports, bound) = AsyncStream.makeStream(of: Int.self)
        let application = application { bound.yield($0) }
        return try await withThrowingTaskGroup(of: T?.self) { group in
            group.addTask {
                try await application.run()
                return nil
            }
            var iterator = ports.makeAsyncIterator()
            guard let port = await iterator.next() else { throw CancellationError() }
            group.addTask { try await body("http://127.0.0.1:\(port)/sautikit") }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw CancellationError()
        }
    }

    /// The first webhook of a kind about a call; nil when none comes in time.
    func first(_ kind: String, callID: String, within limit: Duration) async throws -> Arrival? {
        try await Patience.until(within: limit) {
            self.arrivals.withLock { $0.first { $0.kind == kind && $0.isAbout(callID) } }
        }
    }

    private func application(onBound: @escaping @Sendable (Int) -> Void) -> some ApplicationProtocol {
        let router = Router()
        router.post("sautikit") { request, _ in
            let body = try await request.body.collect(upTo: 1 << 20)
            self.take(String(buffer: body), request.headers)
            return HTTPResponse.Status.ok
        }
        var logger = Logger(label: "sautikit.quickstart") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .critical
        return Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { onBound($0.localAddress?.port ?? 0) },
            logger: logger
        )
    }

    private func take(_ body: String, _ headers: HTTPFields) {
        guard let json = try? JSONValue(parsing: Data(body.utf8)) else { return }
        let header = headers[Self.signature] ?? ""
        let arrival = Arrival(
            kind: json["kind"]?.stringValue ?? "",
            eventID: json["event_id"]?.stringValue ?? "",
            headerEventID: headers[Self.eventID],
            isSigned: WebhookSignature.isValid(header, body: body, secret: secret, at: clock.now()),
            data: json["data"] ?? .null
        )
        arrivals.withLock { $0.append(arrival) }
    }

    private static let signature = HTTPField.Name("X-Sautikit-Signature") ?? .userAgent
    private static let eventID = HTTPField.Name("X-Sautikit-Event-Id") ?? .userAgent
}

extension WebhookInbox.Arrival {
    /// Whether it speaks of this call, whichever way the id is written.
    func isAbout(_ callID: String) -> Bool {
        guard let other = data["call_id"]?.stringValue else { return false }
        return other == callID || Identifier(parsing: other) == Identifier(parsing: callID)
    }
}
