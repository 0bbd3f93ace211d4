import AsyncHTTPClient
import NIOCore
import NIOHTTP1
package import Platform
package import Primitives

/// Makes one attempt to deliver one webhook.
package struct WebhookSender: Sendable {
    private let policy: DestinationPolicy
    private let resolver: any HostResolver
    private let clients: PinnedClients
    private let clock: any WallClock
    private let settings: WebhookSettings

    /// Makes a sender.
    package init(
        policy: DestinationPolicy,
        resolver: any HostResolver,
        clients: PinnedClients,
        clock: any WallClock,
        settings: WebhookSettings
    ) {
        self.policy = policy
        self.resolver = resolver
        self.clients = clients
        self.clock = clock
        self.settings = settings
    }

    /// Sends it and says what came of it; never throws, since a refusal is an outcome too.
    package func attempt(_ delivery: Delivery) async -> AttemptOutcome {
        let startedAt = clock.now()
        let start = ContinuousClock.now
        let result: Result<WebhookAnswer, any Error>
        do { result = .success(try await deliver(delivery)) } catch { result = .failure(error) }
        let answer = try? result.get()
        return AttemptOutcome(
            delivery: delivery,
            startedAt: startedAt,
            duration: start.duration(to: .now),
            statusCode: answer?.status,
            error: result.failureText(settings),
            excerpt: answer?.excerpt
        )
    }

    private func deliver(_ delivery: Delivery) async throws -> WebhookAnswer {
        let deadline = NIODeadline.now() + TimeAmount(settings.attemptTimeout)
        var destination = try policy.destination(of: delivery.url)
        for _ in 0...settings.maxRedirects {
            let answer = try await exchange(delivery, with: destination, deadline: deadline)
            guard answer.isRedirect, let location = answer.location else { return answer }
            destination = try policy.redirect(from: destination, to: location)
        }
        throw DestinationRefusal.redirects(limit: settings.maxRedirects)
    }

    /// Checks where the host is now, and connects to exactly that.
    private func exchange(
        _ delivery: Delivery,
        with destination: Destination,
        deadline: NIODeadline
    ) async throws -> WebhookAnswer {
        let addresses =
            if let literal = destination.literal {
                [literal]
            } else {
                try await resolver.addresses(of: destination.host)
            }
        try policy.check(addresses)
        // Another address with each attempt: one of several may be down.
        let address = addresses[max(0, delivery.attempt - 1) % addresses.count]
        let client = await clients.take(host: destination.host, address: address)
        let result: Result<WebhookAnswer, any Error>
        do {
            result = .success(try await post(delivery, to: destination, through: client, deadline: deadline))
        } catch {
            result = .failure(error)
        }
        await clients.giveBack(host: destination.host, address: address)
        return try result.get()
    }

    private func post(
        _ delivery: Delivery,
        to destination: Destination,
        through client: HTTPClient,
        deadline: NIODeadline
    ) async throws -> WebhookAnswer {
        var request = HTTPClientRequest(url: destination.url)
        request.method = .POST
        for (name, value) in headers(of: delivery) { request.headers.add(name: name, value: value) }
        request.body = .bytes(ByteBuffer(string: delivery.body))
        let response = try await client.execute(request, deadline: deadline)
        return WebhookAnswer(
            status: Int(response.status.code),
            location: response.headers.first(name: "Location"),
            excerpt: await excerpt(of: response.body)
        )
    }

    /// Facts section 12.4: all of them, and both names of the kind; and those of the Standard Webhooks specification.
    private func headers(of delivery: Delivery) -> [(String, String)] {
        let now = clock.now()
        let id = delivery.eventID.uuidString
        return [
            ("Content-Type", "application/json"),
            ("User-Agent", settings.userAgent),
            (
                "X-Sautikit-Signature",
                WebhookSignature.header(body: delivery.body, secrets: delivery.secrets, at: now)
            ),
            ("X-Sautikit-Idempotency-Key", delivery.id.uuidString),
            ("X-Sautikit-Event", delivery.kind),
            ("X-Sautikit-Event-Kind", delivery.kind),
            ("X-Sautikit-Event-Id", id), ("webhook-id", id), ("webhook-timestamp", "\(now.secondsSinceEpoch)"),
            (
                "webhook-signature",
                WebhookSignature.standardHeader(id: id, body: delivery.body, secrets: delivery.secrets, at: now)
            ),
        ]
    }

    /// The status has decided already, so a body that breaks off changes nothing.
    private func excerpt(of body: HTTPClientResponse.Body) async -> String? {
        var kept: [UInt8] = []
        var count = 0
        do {
            for try await chunk in body {
                kept += chunk.readableBytesView.prefix(settings.excerptBytes - kept.count)
                count += chunk.readableBytes
                if count > settings.answerBytes { break }
            }
        } catch {
            return kept.isEmpty ? nil : Self.printable(kept)
        }
        return kept.isEmpty ? nil : Self.printable(kept)
    }

    /// Without the control characters that a database or a terminal stumbles over.
    private static func printable(_ bytes: [UInt8]) -> String {
        String(
            decoding: bytes.map { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A ? $0 : 0x20 },
            as: UTF8.self
        )
    }
}
