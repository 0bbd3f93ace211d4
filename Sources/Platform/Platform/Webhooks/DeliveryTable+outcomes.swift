import Database
import Ledger
import Primitives

extension DeliveryTable {
    /// Stores what an attempt brought. Whoever was told 2xx was told; a failure counts only if no newer attempt has begun,
    /// and neither changes a delivery that is over.
    static func setState(
        _ state: DeliveryState,
        dueAt: Timestamp,
        after delivery: Delivery,
        in tx: SQLTransaction
    ) throws {
        try tx.execute(
            """
            UPDATE webhook_deliveries SET state = $1, due_at = $2
            WHERE id = $3 AND state = 'pending' AND (attempts = $4 OR $1 = 'delivered')
            """,
            [state.rawValue, dueAt, delivery.id, delivery.attempt]
        )
    }

    /// Gives a lease back as if it had not been taken. The attempt number tells whether it is still this lease.
    static func postpone(_ id: Identifier, attempt: Int, to dueAt: Timestamp, in tx: SQLTransaction) throws {
        try tx.execute(
            """
            UPDATE webhook_deliveries SET due_at = $1, attempts = attempts - 1
            WHERE id = $2 AND state = 'pending' AND attempts = $3
            """,
            [dueAt, id, attempt]
        )
    }
}
