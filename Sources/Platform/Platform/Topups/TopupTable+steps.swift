import Database
import Primitives

extension TopupTable {
    /// Takes what is due, and keeps others away from it until `leaseEnd`; a phone that is about to be asked is noted as such.
    static func lease(
        dueBefore now: Timestamp,
        leaseEnd: Timestamp,
        limit: Int,
        in tx: SQLTransaction
    ) throws -> [Topup] {
        let due = try tx.rows(
            "SELECT * FROM topups WHERE due_at <= $1 ORDER BY due_at LIMIT $2\(tx.dialect.skipLocked)",
            [now, limit]
        ).map(topup)
        for topup in due {
            try tx.execute(
                """
                UPDATE topups SET due_at = $1, attempts = attempts + 1,
                    step = CASE WHEN step = 'created' THEN 'asking' ELSE step END,
                    asked_at = CASE WHEN step = 'created' THEN $2 ELSE asked_at END
                WHERE id = $3
                """,
                [leaseEnd, now, topup.id]
            )
        }
        return due
    }

    static func nextDue(in tx: SQLTransaction) throws -> Timestamp? {
        try tx.first("SELECT MIN(due_at) AS due FROM topups WHERE due_at IS NOT NULL")?.get("due")
    }

    /// The next thing to do, and when; a new step begins with no attempts.
    static func setStep(_ step: TopupStep, of topup: Topup, dueAt: Timestamp?, in tx: SQLTransaction) throws {
        try tx.execute(
            """
            UPDATE topups SET step = $1, due_at = $2, attempts = CASE WHEN $3 = 1 THEN attempts ELSE 0 END WHERE id = $4
            """,
            [step.rawValue, dueAt, step == topup.step, topup.id]
        )
    }

    /// What the provider calls the push; the first name stays.
    static func setCheckoutRequest(_ name: String, of id: Identifier, in tx: SQLTransaction) throws {
        try tx.execute(
            "UPDATE topups SET checkout_request_id = COALESCE(checkout_request_id, $1) WHERE id = $2",
            [name, id]
        )
    }

    /// Confirms it with a payment, and shows it again if it was taken for another's.
    static func confirm(
        _ id: Identifier,
        with paymentID: Identifier,
        receipt: String?,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws {
        try tx.execute(
            """
            UPDATE topups SET status = 'confirmed', payment_id = $1, receipt = $2, ended_at = $3, failure = NULL,
                failure_code = NULL, failure_text = NULL, step = 'done', due_at = NULL, merged_into = NULL
            WHERE id = $4
            """,
            [paymentID, receipt, now, id]
        )
    }

    /// Ends it without a payment, for now.
    static func end(
        _ id: Identifier,
        as status: TopupStatus,
        _ failure: TopupFailure?,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws {
        try tx.execute(
            """
            UPDATE topups SET status = $1, failure = $2, failure_code = $3, failure_text = $4, ended_at = $5,
                step = 'done', due_at = NULL
            WHERE id = $6
            """,
            [status.rawValue, failure?.reason.rawValue, failure?.code, failure?.text, now, id]
        )
    }

    static func setReceipt(_ receipt: String?, of id: Identifier, in tx: SQLTransaction) throws {
        try tx.execute("UPDATE topups SET receipt = $1 WHERE id = $2", [receipt, id])
    }

    /// Hides one that turned out to be the payment of another.
    static func merge(_ id: Identifier, into other: Identifier, in tx: SQLTransaction) throws {
        try tx.execute("UPDATE topups SET merged_into = $1 WHERE id = $2", [other, id])
    }
}
