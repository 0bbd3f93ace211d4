import Ledger
import Platform
import Primitives

/// Calls as this dialect shows them: the seed's fields, and those of the official SDK (facts section 7).
enum CallResponses {
    /// The answer to placing a call. A repetition answers the same, so the status is that of the moment it was accepted.
    static func placed(_ call: Call) -> JSONValue {
        var members = [
            JSONMember("id", .string(call.id.callID)), JSONMember("status", .string(CallStatus.initiated.rawValue)),
            JSONMember("from", .string(call.from)), JSONMember("to", .string(call.to)),
            JSONMember("direction", "outbound"),
            JSONMember("created_at", .string(call.createdAt.rfc3339Seconds)),
            JSONMember("call_id", .string(call.id.callID)), JSONMember("session_id", .string(call.sessionID)),
        ]
        if let name = call.clientRequestID { members.append(JSONMember("client_request_id", .string(name))) }
        if let cap = call.maxCostMinor { members.append(JSONMember("max_cost_minor", .integer(cap))) }
        if let moment = call.dialAt { members.append(JSONMember("dial_at", .string(moment.rfc3339))) }
        return .object(members)
    }

    static func one(_ call: Call, _ timeline: [TimelineEntry]) -> JSONValue {
        ["call": record(call, timeline), "session_id": .string(call.sessionID)]
    }

    /// A page; the cursor is the last call's id.
    static func page(_ calls: [Call], hasMore: Bool) -> JSONValue {
        let cursor = hasMore ? calls.last?.id.callID : nil
        return ["data": .array(calls.map { record($0, []) }), "next_cursor": JSONValue(cursor)]
    }

    static func record(_ call: Call, _ timeline: [TimelineEntry]) -> JSONValue {
        let failed = call.status.isTerminal && call.status != .completed
        return .object([
            JSONMember("id", .string(call.id.callID)), JSONMember("workspace_id", .string(call.workspaceID.uuidString)),
            JSONMember("placed_by", JSONValue(call.placedBy?.uuidString)),
            JSONMember("session_id", .string(call.sessionID)),
            JSONMember("direction", .string(call.direction.rawValue)),
            JSONMember("parent_call_id", JSONValue(call.parentID?.callID)),
            JSONMember("from", .string(call.from)), JSONMember("to", .string(call.to)),
            JSONMember("local_e164", .string(call.local)), JSONMember("remote_e164", .string(call.remote)),
            JSONMember("number_id", .string(call.numberID.numberID)),
            JSONMember("country", call.local.hasPrefix("+254") ? "KE" : .null),
            JSONMember("status", .string(call.status.rawValue)), JSONMember("started_at", JSONValue(call.createdAt)),
            JSONMember("answered_at", JSONValue(call.answeredAt)), JSONMember("ended_at", JSONValue(call.endedAt)),
            JSONMember("duration_seconds", .integer(call.durationSeconds)),
            JSONMember("cost_minor", .integer(call.costMinor)),
            JSONMember("cost_currency", .string(call.currency.code)),
            JSONMember("rate_per_minute_minor", .integer(call.ratePerMinuteMinor)),
            JSONMember("max_cost_minor", call.maxCostMinor.map { .integer($0) } ?? .null),
            JSONMember("dial_at", JSONValue(call.dialAt?.rfc3339)),
            JSONMember("hangup_cause", JSONValue(call.hangupCause?.rawValue)),
            JSONMember("failure_code", failed ? JSONValue(call.hangupCause?.rawValue) : nil),
            JSONMember("client_request_id", JSONValue(call.clientRequestID)), JSONMember("record", .bool(call.record)),
            JSONMember("metadata", [:]), JSONMember("created_at", JSONValue(call.createdAt)),
            JSONMember("updated_at", JSONValue(call.updatedAt)), JSONMember("events", .array(timeline.map(entry))),
        ])
    }

    static func entry(_ entry: TimelineEntry) -> JSONValue {
        [
            "id": .string(entry.id.uuidString), "call_id": .string(entry.callID.callID), "kind": .string(entry.kind),
            "payload": entry.payload, "occurred_at": .string(entry.occurredAt.rfc3339),
            "created_at": .string(entry.occurredAt.rfc3339),
        ]
    }

    static func recording(_ recording: Recording, link: String) -> JSONValue {
        [
            "id": .string(recording.id.rendered(prefix: "rec")), "call_id": .string(recording.callID.callID),
            "source": .string(recording.source.rawValue), "status": "ready",
            "duration_seconds": .integer((recording.duration.wholeMilliseconds + 500) / 1000),
            "size_bytes": .integer(recording.sizeBytes), "channels": .string(recording.channels.rawValue),
            "download_url": .string(link),
            "created_at": JSONValue(recording.createdAt),
        ]
    }

    static func events(_ timeline: [TimelineEntry]) -> JSONValue {
        ["data": .array(timeline.map(entry))]
    }

    static func stats(_ stats: CallStats) -> JSONValue {
        var members = [
            JSONMember("total", .integer(stats.total)), JSONMember("failed", .integer(stats.failed)),
            // Hundredths of a minute, half up.
            JSONMember("minutes_total", .decimal(minor: (stats.seconds * 100 + 30) / 60)),
            JSONMember("spend_minor", .integer(stats.spendMinor)), JSONMember("currency", "KES"),
        ]
        if let series = stats.series { members.append(JSONMember("series", .array(series.map(slot)))) }
        return .object(members)
    }

    private static func slot(_ slot: CallStats.Slot) -> JSONValue {
        [
            "start": JSONValue(slot.start), "total": .integer(slot.total), "inbound": .integer(slot.inbound),
            "outbound": .integer(slot.total - slot.inbound), "completed": .integer(slot.completed),
            "missed": .integer(slot.missed),
            "failed": .integer(slot.failed), "spend_minor": .integer(slot.spendMinor),
        ]
    }
}
