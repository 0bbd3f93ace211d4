import Database
import Ledger
import Primitives

/// Gives back webhooks that were leased but not tried; that does not count as an attempt.
package struct PostponeDeliveries: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Makes them due again after `wait`, unless somebody else has taken them meanwhile.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction(_ deliveries: [Delivery], by wait: Duration) async throws {
        let dueAt = context.clock.now() + wait
        try await context.database.write(isolation: .readCommitted) { tx in
            for delivery in deliveries {
                try DeliveryTable.postpone(delivery.id, attempt: delivery.attempt, to: dueAt, in: tx)
            }
        }
    }
}
