import Database
import Ledger
import Primitives

extension DeliveryTable {
    /// The attempt number tells whether it is still this lease.
    static func postpone(_ delivery: Delivery, to dueAt: Timestamp, in tx: SQLTransaction) throws {
        try tx.execute(
            """
            UPDATE webhook_deliveries SET due_at = $1, attempts = attempts - 1
            WHERE id = $2 AND state = 'pending' AND attempts = $3
            """,
            [dueAt, delivery.id, delivery.attempt]
        )
    }
}
