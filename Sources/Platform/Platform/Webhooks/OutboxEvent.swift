package import Primitives

/// Something a customer is told, written together with the fact itself.
package struct OutboxEvent: Sendable {
    /// Its id: receivers drop a second event of the same id.
    package let id: Identifier
    /// Whose it is.
    package let workspaceID: Identifier
    /// `call.completed`, …
    package let kind: String
    /// The payload of that kind.
    package let data: JSONValue
    /// When it happened.
    package let occurredAt: Timestamp

    /// Makes an event.
    package init(id: Identifier, workspaceID: Identifier, kind: String, data: JSONValue, occurredAt: Timestamp) {
        self.id = id
        self.workspaceID = workspaceID
        self.kind = kind
        self.data = data
        self.occurredAt = occurredAt
    }

    /// The body as it is sent, for ever the same (facts section 12.2).
    package var body: String {
        let envelope: JSONValue = [
            "kind": .string(kind), "event_id": .string(id.uuidString), "workspace_id": .string(workspaceID.uuidString),
            "occurred_at": .string(occurredAt.rfc3339), "data": data,
        ]
        return envelope.text
    }
}
