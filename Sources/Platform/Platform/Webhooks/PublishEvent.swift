import Database
import Primitives

/// Tells whoever wants to know: in the transaction of the fact itself.
struct PublishEvent {
    /// A number's events, which go to URLs of its own and are signed with its secret.
    struct NumberTargets {
        let numberID: Identifier
        let urls: [String]
    }

    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    /// Stores the event, and a delivery for each URL: one even when a number and a subscription name the same.
    func callAsFunction(
        _ kind: String,
        data: JSONValue,
        workspaceID: Identifier,
        number: NumberTargets? = nil,
        at moment: Timestamp,
        in tx: SQLTransaction
    ) throws {
        let event = OutboxEvent(
            id: context.ids.next(),
            workspaceID: workspaceID,
            kind: kind,
            data: data,
            occurredAt: moment
        )
        try OutboxTable.insert(event, in: tx)
        var told: Set<String> = []
        if let number {
            for url in number.urls where told.insert(url).inserted {
                try deliver(event, to: url, .number(number.numberID), in: tx)
            }
        }
        for subscription in try SubscriptionTable.enabled(of: workspaceID, in: tx)
        where subscription.patterns.contains(where: { $0.matches(kind) }) && told.insert(subscription.url).inserted {
            try deliver(event, to: subscription.url, .subscription(subscription.id), in: tx)
        }
        if !told.isEmpty { tx.notify(Channel.deliveries) }
    }

    func deliver(_ event: OutboxEvent, to url: String, _ target: WebhookTarget, in tx: SQLTransaction) throws {
        try DeliveryTable.insert(
            id: context.ids.next(),
            eventID: event.id,
            workspaceID: event.workspaceID,
            target: target,
            url: url,
            at: context.serverClock.now(),
            in: tx
        )
    }
}
