import Database
package import Primitives

/// Sends an event to one subscription, so that its owner sees it arrive.
package struct SendTestEvent: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Sends `webhook.test` and returns the event's id.
    ///
    /// - Throws: `PlatformError` `webhooks.not_found`, `webhooks.disabled` or `workspace.suspended`; `DatabaseError`.
    package func callAsFunction(_ id: Identifier, workspaceID: Identifier) async throws -> Identifier {
        let now = context.clock.now()
        return try await context.database.write { tx in
            _ = try WorkspaceTable.requireActive(workspaceID, in: tx)
            let subscription = try ManageSubscriptions.require(id, of: workspaceID, in: tx)
            guard subscription.disabledAt == nil else {
                throw PlatformError(.webhookDisabled, "This webhook is disabled. Enable it first.")
            }
            let data: JSONValue = ["webhook_id": .string(id.uuidString), "message": "It works."]
            let event = OutboxEvent(
                id: context.ids.next(),
                workspaceID: workspaceID,
                kind: EventPattern.test,
                data: data,
                occurredAt: now
            )
            try OutboxTable.insert(event, in: tx)
            try PublishEvent(context).deliver(event, to: subscription.url, .subscription(id), in: tx)
            tx.notify(Channel.deliveries)
            return event.id
        }
    }
}
