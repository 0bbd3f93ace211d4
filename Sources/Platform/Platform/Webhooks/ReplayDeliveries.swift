import Database
package import Primitives

/// Sends events again: one delivery, or all that a subscription wanted in a span of time.
package struct ReplayDeliveries: Sendable {
    /// What sending a span of time again came to.
    package struct Replayed: Sendable {
        /// How many events are sent.
        package let count: Int
        /// Where to go on when there are more.
        package let next: Timestamp?
        /// Whether an equal request with this `Idempotency-Key` did it before.
        package let isReplay: Bool
    }

    /// The most events that one request sends again.
    package static let mostAtOnce = 1000

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Makes a new delivery of the same event to the same target, and returns its id.
    ///
    /// - Parameter idempotency: makes a repetition answer as the first did, without another delivery.
    /// - Throws: `PlatformError` `webhooks.delivery_not_found`, `webhooks.not_found`, `webhooks.disabled` or
    ///   `workspace.suspended`; `DatabaseError`.
    package func one(
        _ id: Identifier,
        workspaceID: Identifier,
        idempotency: IdempotencyRequest? = nil
    ) async throws -> (deliveryID: Identifier, isReplay: Bool) {
        let newID = context.ids.next()
        let now = context.clock.now()
        return try await context.database.write { tx in
            _ = try WorkspaceTable.requireActive(workspaceID, in: tx)
            let once = Once(context: context, scopeID: workspaceID, request: idempotency)
            if let earlier = try once.earlier(making: newID, at: now, in: tx) { return (earlier.id, true) }
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
                at: context.serverClock.now(),
                in: tx
            )
            try RecordAudit(context)(.webhookReplayed, of: id, workspaceID: workspaceID, in: tx)
            tx.notify(Channel.deliveries)
            return (newID, false)
        }
    }

    /// Sends again what happened from one moment to before another, oldest first and at most 1,000 events.
    ///
    /// - Parameter idempotency: makes a repetition answer as the first did, without another delivery.
    /// - Returns: how many are sent, and where to go on when there are more.
    /// - Throws: `PlatformError` `webhooks.not_found`, `webhooks.disabled`, `workspace.suspended`, or naming the field;
    ///   `DatabaseError`.
    package func window(
        subscriptionID: Identifier,
        workspaceID: Identifier,
        from: Timestamp,
        to: Timestamp,
        idempotency: IdempotencyRequest? = nil
    ) async throws -> Replayed {
        guard from < to else { throw PlatformError(.requestInvalid, "'from' is before 'to'.", field: "from") }
        return try await context.database.write { tx in
            _ = try WorkspaceTable.requireActive(workspaceID, in: tx)
            let now = context.clock.now()
            let once = Once(context: context, scopeID: workspaceID, request: idempotency)
            if let note = try once.earlier(making: subscriptionID, at: now, in: tx)?.note { return Replayed(note) }
            let subscription = try enabled(subscriptionID, of: workspaceID, in: tx)
            let events = try OutboxTable.span(of: workspaceID, from: from, to: to, limit: Self.mostAtOnce + 1, in: tx)
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
                    at: context.serverClock.now(),
                    in: tx
                )
            }
            if !wanted.isEmpty { tx.notify(Channel.deliveries) }
            let next = events.count > Self.mostAtOnce ? events.last?.id.moment : nil
            let replayed = Replayed(count: wanted.count, next: next, isReplay: false)
            try once.keep(replayed.note, in: tx)
            try RecordAudit(context)(
                .webhookReplayed,
                of: subscriptionID,
                after: [
                    "count": .integer(Int64(wanted.count)), "from": .string(from.rfc3339), "to": .string(to.rfc3339),
                ],
                workspaceID: workspaceID,
                in: tx
            )
            return replayed
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

extension ReplayDeliveries.Replayed {
    /// What a repetition is answered from: the count, and the next moment's milliseconds.
    fileprivate var note: String { "\(count) \(next.map { String($0.millisecondsSinceEpoch) } ?? "")" }

    fileprivate init(_ note: String) {
        let parts = note.split(separator: " ")
        count = parts.first.flatMap { Int($0) } ?? 0
        next = parts.dropFirst().first.flatMap { Int64($0) }.map { Timestamp(millisecondsSinceEpoch: $0) }
        isReplay = true
    }
}
