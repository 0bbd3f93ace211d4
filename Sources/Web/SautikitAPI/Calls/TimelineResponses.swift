import Ledger
import Platform
import Primitives

/// A call's story, as `GET /v1/calls/{id}/timeline` tells it.
enum TimelineResponses {
    /// What is shown in a field of its own.
    private static let apart: Set<String> = ["sip.ladder", "media.quality"]

    static func story(_ story: CallStory) -> JSONValue {
        let call = story.call
        return [
            "call_id": .string(call.id.callID), "status": .string(call.status.rawValue),
            "summary": .string(story.sentence), "started_at": JSONValue(call.createdAt),
            "answered_at": JSONValue(call.answeredAt), "ended_at": JSONValue(call.endedAt),
            "legs": .array(story.legs.map { .string($0.callID) }),
            "sip": story.details("sip.ladder")?["messages"] ?? [],
            "quality": story.details("media.quality") ?? nil,
            "money": [
                "rate_per_minute_minor": .integer(call.ratePerMinuteMinor),
                "billed_seconds": .integer(call.durationSeconds), "cost_minor": .integer(call.costMinor),
                "currency": .string(call.currency.code),
            ],
            "entries": .array(story.entries.filter { !apart.contains($0.kind) }.map { entry($0, of: call) }),
        ]
    }

    private static func entry(_ entry: TimelineEntry, of call: Call) -> JSONValue {
        [
            "at": .string(entry.occurredAt.rfc3339),
            "offset_ms": .integer((entry.occurredAt - call.createdAt).wholeMilliseconds),
            "lane": .string(String(entry.kind.prefix { $0 != "." })), "kind": .string(entry.kind),
            "details": entry.payload,
        ]
    }
}
