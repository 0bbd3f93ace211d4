import Database
package import Primitives

/// Sends events again: one delivery, or all that a subscription wanted in a span of time.
package struct ReplayDeliveries: Sendable {
    /// The most events that one request sends again.
    package static let mostAtOnce = 1000

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Makes a new delivery of the same event to the same target, and returns its id.
    ///
    /// - Throws: `PlatformError` `webhooks.delivery_not_found`, `webhooks.not_found`, `webhooks.disabled` or
    ///   `workspace.suspended`; `DatabaseError`.
    package func one(_ id: Identifier, workspaceID: Identifier) async throws -> Identifier {
        let newID = context.ids.next()
        let now = context.clock.now()
        return try await context.database.write { tx in
            _ = try WorkspaceTable.requireActive(workspaceID, in: tx)
            guard let delivery = try DeliveryTable.find(id, of: workspaceID, in: tx),
                let target = try DeliveryTable.target(of: id, in: tx)
            else { throw ReadDeliveries.unknown }
            var url = delivery.url
            if case .subscription(let id) = target { url = try enabled(id, of: workspaceID, in: tx).url }
            try DeliveryTable.insert(
                id: newID,
                eventID: delivery.eventID,
                workspaceID: workspaceID,
                target: target,
                url: url,
                at: now,
                in: tx
            )
            tx.notify(Channel.deliveries)
            return newID
        }
    }

    /// Sends again what happened from one moment to before another, oldest first and at most 1,000 events.
    ///
    /// - Returns: how many are sent, and where to go on when there are more.
    /// - Throws: `PlatformError` `webhooks.not_found`, `webhooks.disabled`, `workspace.suspended`, or naming the field;
    ///   `DatabaseError`.
    package func window(
        subscriptionID: Identifier,
        workspaceID: Identifier,
        from: Timestamp,
        to: Timestamp
    ) async throws -> (count: Int, next: Timestamp?) {
        guard from < to else { throw PlatformError(.requestInvalid, "'from' is before 'to'.", field: "from") }
        return try await context.database.write { tx in
            _ = try WorkspaceTable.requireActive(workspaceID, in: tx)
            let subscription = try enabled(subscriptionID, of: workspaceID, in: tx)
            let events = try OutboxTable.span(of: workspaceID, from: from, to: to, limit: Self.mostAtOnce + 1, in: tx)
            let now = context.clock.now()
            let wanted = events.prefix(Self.mostAtOnce).filter { event in
                subscription.patterns.contains { $0.matches(event.kind) }
            }
            for event in wanted {
                try DeliveryTable.insert(
                    id: context.ids.next(),
                    eventID: event.id,
                    workspaceID: workspaceID,
                    target: .subscription(subscriptionID),
                    url: subscription.url,
                    at: now,
                    in: tx
                )
            }
            if !wanted.isEmpty { tx.notify(Channel.deliveries) }
            return (wanted.count, events.count > Self.mostAtOnce ? events.last?.id.moment : nil)
        }
    }

    private func enabled(
        _ id: Identifier,
        of workspaceID: Identifier,
        in tx: SQLTransaction
    ) throws -> Subscription {
        let subscription = try ManageSubscriptions.require(id, of: workspaceID, in: tx)
        guard subscription.disabledAt == nil else {
            throw PlatformError(.webhookDisabled, "This webhook is disabled. Enable it first.")
        }
        return subscription
    }
}
