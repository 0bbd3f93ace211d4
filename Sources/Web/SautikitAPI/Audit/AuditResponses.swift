import Platform
import Primitives

/// The audit log as this dialect shows it.
enum AuditResponses {
    /// A page; the cursor is the last entry's id.
    static func page(_ entries: [AuditEntry], hasMore: Bool) -> JSONValue {
        let cursor = hasMore ? entries.last?.id.uuidString : nil
        return ["data": .array(entries.map(entry)), "next_cursor": JSONValue(cursor)]
    }

    private static func entry(_ entry: AuditEntry) -> JSONValue {
        let asker = entry.asker
        return [
            "id": .string(entry.id.uuidString), "action_kind": .string(entry.action.rawValue),
            "occurred_at": JSONValue(entry.occurredAt),
            "actor": [
                "kind": .string(asker.kind.rawValue), "id": JSONValue(asker.id?.uuidString),
                "email": JSONValue(asker.name),
            ],
            "address": JSONValue(asker.address?.description), "request_id": JSONValue(asker.requestID),
            "target_id": .string(entry.subjectID.uuidString), "before": entry.before, "after": entry.after,
        ]
    }
}
