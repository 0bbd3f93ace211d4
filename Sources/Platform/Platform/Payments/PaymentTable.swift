import Database
import Ledger
import Primitives

/// All SQL of payments.
enum PaymentTable {
    static let migration = Migration(number: 221, name: "payments") { dialect in
        [
            """
            CREATE TABLE payments (
                id \(dialect.bytes) PRIMARY KEY, receipt TEXT, source TEXT NOT NULL, amount_minor BIGINT NOT NULL,
                payer TEXT, account TEXT, occurred_at BIGINT NOT NULL, status TEXT NOT NULL, reason TEXT,
                workspace_id \(dialect.bytes) REFERENCES workspaces (id), topup_id \(dialect.bytes),
                is_test BIGINT NOT NULL, created_at BIGINT NOT NULL, UNIQUE (receipt, is_test))
            """,
            "CREATE INDEX payments_by_time ON payments (is_test, occurred_at)",
            "CREATE INDEX payments_in_suspense ON payments (id) WHERE status = 'suspense'",
        ]
    }

    static let tieMigration = Migration(number: 652, name: "ties of payments") { _ in
        [
            "ALTER TABLE payments ADD COLUMN is_tied BIGINT NOT NULL DEFAULT 0",
            "UPDATE payments SET is_tied = 1 WHERE source IN ('push_callback', 'push_query')",
            // What a push that is known to be paid may turn out to be.
            """
            CREATE INDEX payments_untied ON payments (workspace_id, amount_minor, occurred_at)
            WHERE is_tied = 0 AND status = 'credited'
            """,
        ]
    }

    /// Adds a payment.
    ///
    /// - Throws: `DatabaseError.serialisationFailure` when another transaction has just told of the same receipt.
    static func insert(_ payment: Payment, in tx: SQLTransaction) throws {
        let inserted = try tx.execute(
            """
            INSERT INTO payments (id, receipt, source, amount_minor, payer, account, occurred_at, status, reason,
                workspace_id, topup_id, is_test, created_at, is_tied)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT DO NOTHING
            """,
            [
                payment.id, payment.receipt, payment.source.rawValue, payment.amountMinor, payment.payer,
                payment.account, payment.occurredAt, payment.status.rawValue, payment.reason?.rawValue,
                payment.workspaceID, payment.topupID, payment.isTest, payment.createdAt,
                payment.isTied,
            ]
        )
        guard inserted == 1 else { throw DatabaseError.serialisationFailure("payments: told twice at once") }
    }

    /// The payment of a receipt, locked until the transaction ends.
    static func lock(receipt: String, isTest: Bool, in tx: SQLTransaction) throws -> Payment? {
        try tx.first(
            "SELECT * FROM payments WHERE receipt = $1 AND is_test = $2\(tx.dialect.forUpdate)",
            [receipt, isTest]
        ).map(payment)
    }

    static func find(receipt: String, isTest: Bool, in tx: SQLTransaction) throws -> Payment? {
        try tx.first("SELECT * FROM payments WHERE receipt = $1 AND is_test = $2", [receipt, isTest]).map(payment)
    }

    /// The receipts of payments that were made in a span of time, at most 100,000.
    static func receipts(
        paidIn span: ClosedRange<Timestamp>,
        isTest: Bool,
        in tx: SQLTransaction
    ) throws -> [(receipt: String, amountMinor: Int64)] {
        try tx.rows(
            """
            SELECT receipt, amount_minor FROM payments
            WHERE is_test = $1 AND occurred_at BETWEEN $2 AND $3 AND receipt IS NOT NULL ORDER BY occurred_at LIMIT 100000
            """,
            [isTest, span.lowerBound, span.upperBound]
        ).map { (try $0.get("receipt"), try $0.get("amount_minor")) }
    }

    /// The payment, locked until the transaction ends.
    static func lock(_ id: Identifier, in tx: SQLTransaction) throws -> Payment? {
        try tx.first("SELECT * FROM payments WHERE id = $1\(tx.dialect.forUpdate)", [id]).map(payment)
    }

    /// Adds the receipt that was told later; it never changes again.
    static func setReceipt(_ receipt: String, of id: Identifier, in tx: SQLTransaction) throws {
        let count = try tx.execute(
            "UPDATE payments SET receipt = $1 WHERE id = $2 AND receipt IS NULL",
            [receipt, id]
        )
        guard count == 1 else { throw DatabaseError.serialisationFailure("payments: told twice at once") }
    }

    /// Gives money that waited to its owner.
    static func resolve(
        _ id: Identifier,
        to workspaceID: Identifier,
        _ topupID: Identifier,
        in tx: SQLTransaction
    ) throws {
        try tx.execute(
            "UPDATE payments SET status = 'credited', workspace_id = $1, topup_id = $2 WHERE id = $3",
            [workspaceID, topupID, id]
        )
    }

    /// Names the top-up that a payment answered, as the provider says.
    static func tie(_ id: Identifier, to topupID: Identifier, in tx: SQLTransaction) throws {
        try tx.execute("UPDATE payments SET topup_id = $1, is_tied = 1 WHERE id = $2", [topupID, id])
    }

    /// Credited payments of which the provider has not said that they answered a top-up, oldest first.
    static func untied(
        of workspaceID: Identifier,
        amountMinor: Int64,
        paidIn span: ClosedRange<Timestamp>,
        in tx: SQLTransaction
    ) throws -> [Payment] {
        try tx.rows(
            """
            SELECT * FROM payments
            WHERE workspace_id = $1 AND amount_minor = $2 AND occurred_at BETWEEN $3 AND $4 AND is_tied = 0
                AND status = 'credited' AND receipt IS NOT NULL
            ORDER BY occurred_at LIMIT 20\(tx.dialect.forUpdate)
            """,
            [workspaceID, amountMinor, span.lowerBound, span.upperBound]
        ).map(payment)
    }

    /// Those that wait for the operator, oldest first.
    static func inSuspense(limit: Int, in tx: SQLTransaction) throws -> [Payment] {
        try tx.rows("SELECT * FROM payments WHERE status = 'suspense' ORDER BY id LIMIT $1", [limit]).map(payment)
    }

    private static func payment(_ row: Row) throws -> Payment {
        guard let source = PaymentSource(rawValue: try row.get("source")),
            let status = PaymentStatus(rawValue: try row.get("status"))
        else { throw DatabaseError.decoding("payments: source or status") }
        return Payment(
            id: try row.get("id"),
            receipt: try row.get("receipt"),
            source: source,
            amountMinor: try row.get("amount_minor"),
            payer: try row.get("payer"),
            account: try row.get("account"),
            occurredAt: try row.get("occurred_at"),
            status: status,
            reason: try row.get("reason", as: String?.self).flatMap(SuspenseReason.init),
            workspaceID: try row.get("workspace_id"),
            topupID: try row.get("topup_id"),
            isTied: try row.get("is_tied"),
            isTest: try row.get("is_test"),
            createdAt: try row.get("created_at")
        )
    }
}
