import Database
package import Primitives

/// Reads a subscription's delivery log.
package struct ReadDeliveries: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// A page, newest first, and whether there are older ones.
    ///
    /// - Parameter limit: 1 to 100.
    /// - Throws: `PlatformError` `webhooks.not_found`, or for a limit out of range; `DatabaseError`.
    package func page(
        subscriptionID: Identifier,
        workspaceID: Identifier,
        before cursor: Identifier?,
        limit: Int
    ) async throws -> (deliveries: [DeliveryRecord], hasMore: Bool) {
        guard (1...100).contains(limit) else {
            throw PlatformError(.requestInvalid, "'limit' is 1 to 100.", field: "limit")
        }
        return try await context.database.read { tx in
            _ = try ManageSubscriptions.require(subscriptionID, of: workspaceID, in: tx)
            let found = try DeliveryTable.page(ofSubscription: subscriptionID, before: cursor, limit: limit + 1, in: tx)
            return (Array(found.prefix(limit)), found.count > limit)
        }
    }

    /// A delivery with what was sent and every attempt.
    ///
    /// - Throws: `PlatformError` `webhooks.delivery_not_found`; `DatabaseError`.
    package func one(
        _ id: Identifier,
        workspaceID: Identifier
    ) async throws -> (delivery: DeliveryRecord, event: StoredEvent, attempts: [AttemptRecord]) {
        try await context.database.read { tx in
            guard let delivery = try DeliveryTable.find(id, of: workspaceID, in: tx),
                let event = try OutboxTable.find(delivery.eventID, of: workspaceID, in: tx)
            else { throw Self.unknown }
            return (delivery, event, try DeliveryTable.attempts(of: id, in: tx))
        }
    }

    static let unknown = PlatformError(.deliveryNotFound, "There is no such delivery.")
}
