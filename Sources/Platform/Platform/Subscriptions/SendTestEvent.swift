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
    /// - Parameter idempotency: makes a repetition answer as the first did, without another event.
    /// - Throws: `PlatformError` `webhooks.not_found`, `webhooks.disabled` or `workspace.suspended`; `DatabaseError`.
    package func callAsFunction(
        _ id: Identifier,
        workspaceID: Identifier,
        idempotency: IdempotencyRequest? = nil
    ) async throws -> (eventID: Identifier, isReplay: Bool) {
        let now = context.clock.now()
        let eventID = context.ids.next()
        return try await context.database.write { tx in
            _ = try WorkspaceTable.requireActive(workspaceID, in: tx)
            let subscription = try ManageSubscriptions.require(id, of: workspaceID, in: tx)
            guard subscription.disabledAt == nil else {
                throw PlatformError(.webhookDisabled, "This webhook is disabled. Enable it first.")
            }
            let once = Once(context: context, scopeID: workspaceID, request: idempotency)
            if let earlier = try once.earlier(making: eventID, at: now, in: tx) { return (earlier.id, true) }
            let data: JSONValue = ["webhook_id": .string(id.uuidString), "message": "It works."]
            let event = OutboxEvent(
                id: eventID,
                workspaceID: workspaceID,
                kind: EventPattern.test,
                data: data,
                occurredAt: now
            )
            try OutboxTable.insert(event, in: tx)
            try PublishEvent(context).deliver(event, to: subscription.url, .subscription(id), in: tx)
            try RecordAudit(context)(.webhookTested, of: id, workspaceID: workspaceID, in: tx)
            tx.notify(Channel.deliveries)
            return (eventID, false)
        }
    }
}
