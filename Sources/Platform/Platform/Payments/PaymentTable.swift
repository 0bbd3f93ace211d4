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

    /// Which receipts the provider itself has put to a top-up, and what the ledger's entry of a payment names.
    static let certaintyMigration = Migration(number: 681, name: "certainty of receipts") { dialect in
        [
            "ALTER TABLE payments ADD COLUMN is_certain BIGINT NOT NULL DEFAULT 0",
            "UPDATE payments SET is_certain = 1 WHERE source = 'push_callback' AND receipt IS NOT NULL",
            "ALTER TABLE payments ADD COLUMN credited_as \(dialect.bytes)",
            """
            UPDATE payments SET credited_as = COALESCE((SELECT t.id FROM topups t WHERE t.payment_id = payments.id
                AND t.merged_into = payments.topup_id), topup_id)
            """,
            "DROP INDEX payments_untied",
            """
            CREATE INDEX payments_credited ON payments (workspace_id, amount_minor, occurred_at)
                WHERE status = 'credited'
            """,
            "CREATE INDEX payments_by_topup ON payments (topup_id) WHERE topup_id IS NOT NULL",
        ]
    }

    /// Adds a payment.
    ///
    /// - Throws: `DatabaseError.serialisationFailure` when another transaction has just told of the same receipt.
    static func insert(_ payment: Payment, in tx: SQLTransaction) throws {
        let inserted = try tx.execute(
            """
            INSERT INTO payments (id, receipt, source, amount_minor, payer, account, occurred_at, status, reason,
                workspace_id, topup_id, credited_as, is_test, created_at, is_tied, is_certain)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12, $13, $14, $15) ON CONFLICT DO NOTHING
            """,
            [
                payment.id, payment.receipt, payment.source.rawValue, payment.amountMinor, payment.payer,
                payment.account, payment.occurredAt, payment.status.rawValue, payment.reason?.rawValue,
                payment.workspaceID, payment.topupID, payment.isTest, payment.createdAt,
                payment.isTied, payment.isCertain,
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

    /// Takes receipts off payments, so that they can be put to others.
    static func clearReceipts(of ids: [Identifier], in tx: SQLTransaction) throws {
        guard !ids.isEmpty else { return }
        try tx.execute("UPDATE payments SET receipt = NULL WHERE id IN (\(Placeholders.list(ids.count)))", ids)
    }

    /// Says anew which receipt a payment has, and which top-up it answered.
    static func relabel(_ id: Identifier, _ credit: PaymentCredit, in tx: SQLTransaction) throws {
        let told = credit.receipt
        try tx.execute(
            """
            UPDATE payments SET topup_id = $1, is_tied = $2, is_certain = $3, receipt = $4,
                source = COALESCE($5, source), payer = COALESCE($6, payer), account = COALESCE($7, account),
                occurred_at = COALESCE($8, occurred_at)
            WHERE id = $9
            """,
            [
                credit.topupID, credit.isTied, credit.isCertain, told?.number, told?.source.rawValue, told?.payer,
                told?.account, told?.paidAt, id,
            ]
        )
    }

    /// Gives money that waited to its owner.
    static func resolve(
        _ id: Identifier,
        to workspaceID: Identifier,
        _ topupID: Identifier,
        in tx: SQLTransaction
    ) throws {
        try tx.execute(
            "UPDATE payments SET status = 'credited', workspace_id = $1, topup_id = $2, credited_as = $2 WHERE id = $3",
            [workspaceID, topupID, id]
        )
    }

    /// Notes that the provider itself has put a payment to its top-up.
    static func tie(_ id: Identifier, in tx: SQLTransaction) throws {
        try tx.execute("UPDATE payments SET is_tied = 1, is_certain = 1 WHERE id = $1", [id])
    }

    /// What a workspace was credited in a span of time, oldest first, at most 200.
    static func credited(
        of workspaceID: Identifier,
        amountMinor: Int64,
        paidIn span: ClosedRange<Timestamp>,
        in tx: SQLTransaction
    ) throws -> [Payment] {
        try tx.rows(
            """
            SELECT * FROM payments
            WHERE workspace_id = $1 AND amount_minor = $2 AND occurred_at BETWEEN $3 AND $4 AND status = 'credited'
            ORDER BY occurred_at, id LIMIT 200\(tx.dialect.forUpdate)
            """,
            [workspaceID, amountMinor, span.lowerBound, span.upperBound]
        ).map(payment)
    }

    /// What is credited as these top-ups.
    static func credited(for topups: [Identifier], in tx: SQLTransaction) throws -> [Payment] {
        guard !topups.isEmpty else { return [] }
        return try tx.rows(
            """
            SELECT * FROM payments WHERE topup_id IN (\(Placeholders.list(topups.count))) AND status = 'credited'
            ORDER BY id\(tx.dialect.forUpdate)
            """,
            topups
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
            isCertain: try row.get("is_certain"),
            isTest: try row.get("is_test"),
            createdAt: try row.get("created_at")
        )
    }
}
