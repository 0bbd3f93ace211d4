package import OutboundHTTP
package import Platform
package import Primitives

/// Makes one attempt to deliver one webhook.
package struct WebhookSender: Sendable {
    private let client: GuardedClient
    private let clock: any WallClock
    private let settings: WebhookSettings

    /// Makes a sender.
    package init(client: GuardedClient, clock: any WallClock, settings: WebhookSettings) {
        self.client = client
        self.clock = clock
        self.settings = settings
    }

    /// Sends it and says what came of it; never throws, since a refusal is an outcome too.
    package func attempt(_ delivery: Delivery) async -> AttemptOutcome {
        let startedAt = clock.now()
        let start = ContinuousClock.now
        var answer: GuardedAnswer?
        var failure: OutboundFailure?
        do { answer = try await client.send(request(for: delivery)) } catch { failure = error }
        return AttemptOutcome(
            delivery: delivery,
            startedAt: startedAt,
            duration: start.duration(to: .now),
            statusCode: answer?.status,
            error: failure?.description,
            excerpt: answer.flatMap { excerpt(of: $0.body) }
        )
    }

    private func request(for delivery: Delivery) -> GuardedRequest {
        var request = GuardedRequest(
            .post,
            delivery.url,
            headers: headers(of: delivery),
            body: Array(delivery.body.utf8),
            timeout: settings.attemptTimeout,
            maxBodyBytes: settings.answerBytes,
            maxRedirects: settings.maxRedirects
        )
        request.cutsBody = true
        request.attempt = delivery.attempt
        return request
    }

    /// Facts section 12.4: all of them, and both names of the kind; and those of the Standard Webhooks specification.
    private func headers(of delivery: Delivery) -> [(name: String, value: String)] {
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

    /// The first bytes for the log, without the control characters that a database or a terminal stumbles over.
    private func excerpt(of body: [UInt8]) -> String? {
        if body.isEmpty { return nil }
        let printable = body.prefix(settings.excerptBytes).map { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A ? $0 : 0x20 }
        return String(decoding: printable, as: UTF8.self)
    }
}
