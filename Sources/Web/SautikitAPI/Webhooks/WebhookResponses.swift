import Foundation
import Platform
import Primitives

/// Subscriptions, deliveries and events as this dialect shows them.
enum WebhookResponses {
    static func subscription(_ subscription: Subscription) -> JSONValue {
        .object(members(subscription))
    }

    /// A new subscription, or one with a new secret.
    static func created(_ created: CreateSubscription.Created) -> JSONValue {
        .object(members(created.subscription) + [JSONMember("secret", .string(created.secret))])
    }

    /// A page of the log; the cursor is the last delivery's id.
    static func page(_ deliveries: [DeliveryRecord], hasMore: Bool) -> JSONValue {
        let cursor = hasMore ? deliveries.last?.id.uuidString : nil
        return ["data": .array(deliveries.map { .object(members($0)) }), "next_cursor": JSONValue(cursor)]
    }

    /// A delivery with the document that was sent and what came of each attempt.
    static func delivery(
        _ delivery: DeliveryRecord,
        _ event: StoredEvent,
        _ attempts: [AttemptRecord]
    ) throws -> JSONValue {
        .object(
            members(delivery) + [
                JSONMember("request_body", try JSONValue(parsing: Data(event.body.utf8))),
                JSONMember("attempt_log", .array(attempts.map(attempt))),
            ]
        )
    }

    /// Events as they are sent to webhooks; the cursor of an empty page is the one that was asked with.
    static func events(_ events: [StoredEvent], after cursor: Identifier?) throws -> JSONValue {
        let next = events.last?.id ?? cursor
        return [
            "data": .array(try events.map { try JSONValue(parsing: Data($0.body.utf8)) }),
            "next_cursor": JSONValue(next?.uuidString),
        ]
    }

    private static func members(_ subscription: Subscription) -> [JSONMember] {
        [
            JSONMember("id", .string(subscription.id.uuidString)), JSONMember("url", .string(subscription.url)),
            JSONMember("events", .array(subscription.patterns.map { .string($0.text) })),
            JSONMember("status", subscription.disabledAt == nil ? "enabled" : "disabled"),
            JSONMember("created_at", JSONValue(subscription.createdAt)),
            JSONMember("failing_since", JSONValue(subscription.failingSince)),
            JSONMember("disabled_at", JSONValue(subscription.disabledAt)),
        ]
    }

    private static func members(_ delivery: DeliveryRecord) -> [JSONMember] {
        [
            JSONMember("id", .string(delivery.id.uuidString)),
            JSONMember("webhook_id", JSONValue(delivery.subscriptionID?.uuidString)),
            JSONMember("event_id", .string(delivery.eventID.uuidString)), JSONMember("kind", .string(delivery.kind)),
            JSONMember("url", .string(delivery.url)), JSONMember("status", .string(delivery.state.rawValue)),
            JSONMember("attempts", .integer(Int64(delivery.attempts))),
            JSONMember("next_attempt_at", JSONValue(delivery.state == .pending ? delivery.dueAt : nil)),
        ]
    }

    private static func attempt(_ attempt: AttemptRecord) -> JSONValue {
        [
            "attempt": .integer(Int64(attempt.attempt)), "started_at": JSONValue(attempt.startedAt),
            "latency_ms": .integer(attempt.durationMilliseconds),
            "status_code": attempt.statusCode.map { .integer(Int64($0)) } ?? .null,
            "error": JSONValue(attempt.error), "response_excerpt": JSONValue(attempt.excerpt),
        ]
    }
}
