import Database
import Ledger
import Primitives

/// All SQL of top-ups.
enum TopupTable {
    static let migration = Migration(number: 222, name: "topups") { dialect in
        [
            """
            CREATE TABLE topups (
                id \(dialect.bytes) PRIMARY KEY, workspace_id \(dialect.bytes) NOT NULL REFERENCES workspaces (id),
                method TEXT NOT NULL, status TEXT NOT NULL, phone TEXT, amount_minor BIGINT NOT NULL,
                currency TEXT NOT NULL, checkout_request_id TEXT, receipt TEXT, failure TEXT, failure_code TEXT,
                failure_text TEXT, is_test BIGINT NOT NULL, created_at BIGINT NOT NULL, asked_at BIGINT, ended_at BIGINT,
                payment_id \(dialect.bytes), merged_into \(dialect.bytes), step TEXT NOT NULL, attempts BIGINT NOT NULL,
                due_at BIGINT)
            """,
            "CREATE INDEX topups_by_workspace ON topups (workspace_id, id)",
            "CREATE INDEX topups_due ON topups (due_at) WHERE due_at IS NOT NULL",
            // What a payment to the Paybill may turn out to be.
            "CREATE INDEX topups_without_receipt ON topups (workspace_id, asked_at) WHERE receipt IS NULL",
        ]
    }

    static let askedMigration = Migration(number: 682, name: "pushes by time") { _ in
        [
            // What a payment to the Paybill may turn out to be, and what is under way to a phone.
            "CREATE INDEX topups_asked ON topups (workspace_id, amount_minor, asked_at) WHERE asked_at IS NOT NULL",
            "DROP INDEX topups_without_receipt",
            "CREATE INDEX topups_pending ON topups (workspace_id, phone) WHERE status = 'pending'",
        ]
    }

    static func insert(_ topup: Topup, dueAt: Timestamp? = nil, in tx: SQLTransaction) throws {
        try tx.execute(
            """
            INSERT INTO topups (id, workspace_id, method, status, phone, amount_minor, currency, receipt, is_test,
                created_at, ended_at, payment_id, step, attempts, due_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, $14)
            """,
            [
                topup.id, topup.workspaceID, topup.method.rawValue, topup.status.rawValue, topup.phone,
                topup.amountMinor, topup.currency.code, topup.receipt, topup.isTest, topup.createdAt, topup.endedAt,
                topup.paymentID, topup.step.rawValue, dueAt,
            ]
        )
    }

    /// Newest first.
    static func page(_ filter: TopupFilter, of workspaceID: Identifier, in tx: SQLTransaction) throws -> [Topup] {
        var conditions = ["workspace_id = $1", "merged_into IS NULL"]
        var values: [any SQLEncodable] = [workspaceID]
        func add(_ condition: String, _ value: any SQLEncodable) {
            values.append(value)
            conditions.append("\(condition) $\(values.count)")
        }
        if let before = filter.before { add("id <", before) }
        if let status = filter.status { add("status =", status.rawValue) }
        values.append(filter.limit)
        return try tx.rows(
            """
            SELECT * FROM topups WHERE \(conditions.joined(separator: " AND ")) ORDER BY id DESC LIMIT $\(values.count)
            """,
            values
        ).map(topup)
    }

    /// One of a workspace's; under the id of one that turned out to be another's payment, that other.
    static func find(_ id: Identifier, of workspaceID: Identifier, in tx: SQLTransaction) throws -> Topup? {
        try tx.first(
            """
            SELECT * FROM topups
            WHERE id = COALESCE((SELECT merged_into FROM topups WHERE id = $1), $1) AND workspace_id = $2
            """,
            [id, workspaceID]
        ).map(topup)
    }

    static func find(_ id: Identifier, in tx: SQLTransaction) throws -> Topup? {
        try tx.first("SELECT * FROM topups WHERE id = $1", [id]).map(topup)
    }

    /// The top-up, locked until the transaction ends.
    static func lock(_ id: Identifier, in tx: SQLTransaction) throws -> Topup? {
        try tx.first("SELECT * FROM topups WHERE id = $1\(tx.dialect.forUpdate)", [id]).map(topup)
    }

    /// A push to a phone that is still under way.
    static func pending(to phone: String, of workspaceID: Identifier, in tx: SQLTransaction) throws -> Topup? {
        try tx.first(
            """
            SELECT * FROM topups
            WHERE workspace_id = $1 AND status = 'pending' AND phone = $2 ORDER BY id DESC LIMIT 1
            """,
            [workspaceID, phone]
        ).map(topup)
    }

    /// Pushes whose phones were asked in a span of time, newest first, at most 200.
    static func asked(
        of workspaceID: Identifier,
        amountMinor: Int64,
        in span: ClosedRange<Timestamp>,
        _ tx: SQLTransaction
    ) throws -> [Topup] {
        try tx.rows(
            """
            SELECT * FROM topups
            WHERE workspace_id = $1 AND amount_minor = $2 AND asked_at BETWEEN $3 AND $4
            ORDER BY asked_at DESC, id DESC LIMIT 200
            """,
            [workspaceID, amountMinor, span.lowerBound, span.upperBound]
        ).map(topup)
    }

    static func topup(_ row: Row) throws -> Topup {
        guard let method = TopupMethod(rawValue: try row.get("method")),
            let status = TopupStatus(rawValue: try row.get("status")),
            let step = TopupStep(rawValue: try row.get("step")), let currency = Currency(try row.get("currency"))
        else { throw DatabaseError.decoding("topups: method, status, step or currency") }
        return Topup(
            id: try row.get("id"),
            workspaceID: try row.get("workspace_id"),
            method: method,
            status: status,
            phone: try row.get("phone"),
            amountMinor: try row.get("amount_minor"),
            currency: currency,
            checkoutRequestID: try row.get("checkout_request_id"),
            receipt: try row.get("receipt"),
            failure: try failure(row),
            isTest: try row.get("is_test"),
            createdAt: try row.get("created_at"),
            askedAt: try row.get("asked_at"),
            endedAt: try row.get("ended_at"),
            paymentID: try row.get("payment_id"),
            step: step,
            attempts: try row.get("attempts")
        )
    }

    private static func failure(_ row: Row) throws -> TopupFailure? {
        guard let reason = try row.get("failure", as: String?.self).flatMap(TopupFailure.Reason.init) else {
            return nil
        }
        return TopupFailure(reason, code: try row.get("failure_code"), text: try row.get("failure_text"))
    }
}
