import Database
import Ledger
import Primitives

/// All SQL of workspaces.
enum WorkspaceTable {
    static let migration = Migration(number: 200, name: "workspaces") { dialect in
        [
            """
            CREATE TABLE workspaces (
                id \(dialect.bytes) PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL,
                slug TEXT NOT NULL UNIQUE, country TEXT NOT NULL, currency TEXT NOT NULL,
                mpesa_account_ref TEXT NOT NULL UNIQUE, status TEXT NOT NULL, low_balance_threshold_minor BIGINT NOT NULL,
                created_at BIGINT NOT NULL, live_id \(dialect.bytes) UNIQUE)
            """
        ]
    }

    /// Adds a workspace; false when its slug or its reference is another's.
    static func insert(_ workspace: Workspace, in tx: SQLTransaction) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO workspaces (id, name, email, slug, country, currency, mpesa_account_ref, status,
                low_balance_threshold_minor, created_at, live_id)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING
            """,
            [
                workspace.id, workspace.name, workspace.email, workspace.slug, workspace.country,
                workspace.currency.code, workspace.mpesaAccountReference, workspace.status.rawValue,
                workspace.lowBalanceThresholdMinor, workspace.createdAt, workspace.liveID,
            ]
        ) == 1
    }

    /// The workspace.
    ///
    /// - Parameter locking: one of the dialect's clauses.
    static func require(_ id: Identifier, locking: String = "", in tx: SQLTransaction) throws -> Workspace {
        guard let row = try tx.first("SELECT * FROM workspaces WHERE id = $1\(locking)", [id]) else {
            throw PlatformError(.workspaceNotFound, "There is no workspace \(id).")
        }
        return try workspace(row)
    }

    /// The workspace, if it may act.
    static func requireActive(_ id: Identifier, in tx: SQLTransaction) throws -> Workspace {
        try active(try require(id, in: tx))
    }

    /// The workspace, if it may act, and still does when the transaction ends: a suspension waits for that, and so do the
    /// others who hold it.
    static func holdActive(_ id: Identifier, in tx: SQLTransaction) throws -> Workspace {
        try active(try require(id, locking: tx.dialect.forNoKeyUpdate, in: tx))
    }

    private static func active(_ workspace: Workspace) throws -> Workspace {
        guard workspace.status == .active else {
            throw PlatformError(
                .workspaceSuspended,
                "This workspace is suspended: it can read but not act. Contact support."
            )
        }
        return workspace
    }

    /// Whether a workspace may act; nil when there is none.
    static func status(of id: Identifier, in tx: SQLTransaction) throws -> WorkspaceStatus? {
        try tx.first("SELECT * FROM workspaces WHERE id = $1", [id]).map(workspace)?.status
    }

    /// Sets the status of a workspace and its test twin; false when there is no such workspace.
    static func setStatus(_ status: WorkspaceStatus, of id: Identifier, in tx: SQLTransaction) throws -> Bool {
        try tx.execute("UPDATE workspaces SET status = $1 WHERE id = $2 OR live_id = $2", [status.rawValue, id]) > 0
    }

    /// Stores the limits of a workspace.
    static func setLimits(_ workspace: Workspace, in tx: SQLTransaction) throws {
        try tx.execute(
            "UPDATE workspaces SET operator_limits = $1, own_limits = $2 WHERE id = $3",
            [workspace.operatorLimits.stored, workspace.ownLimits.stored, workspace.id]
        )
    }

    static func setThreshold(_ minor: Int64, of id: Identifier, in tx: SQLTransaction) throws {
        try tx.execute("UPDATE workspaces SET low_balance_threshold_minor = $1 WHERE id = $2", [minor, id])
    }

    /// Keeps others from changing the row until the transaction ends.
    static func lock(_ id: Identifier, in tx: SQLTransaction) throws {
        _ = try tx.first("SELECT id FROM workspaces WHERE id = $1\(tx.dialect.forUpdate)", [id])
    }

    /// Those that have one of the references, at most two: enough to know whether there is one.
    static func find(references: [String], isTest: Bool, in tx: SQLTransaction) throws -> [Workspace] {
        let places = Placeholders.list(max(references.count, 1))
        let kind = isTest ? "IS NOT NULL" : "IS NULL"
        return try tx.rows(
            "SELECT * FROM workspaces WHERE mpesa_account_ref IN (\(places)) AND live_id \(kind) LIMIT 2",
            references.isEmpty ? [""] : references
        ).map(workspace)
    }

    /// Makes those who move a workspace's money in several steps take turns.
    static func takeTurn(_ id: Identifier, in tx: SQLTransaction) throws -> Workspace {
        try require(id, locking: tx.dialect.forNoKeyUpdate, in: tx)
    }

    /// The same for several, in an order that all who do this keep.
    static func takeTurns(_ ids: Set<Identifier>, in tx: SQLTransaction) throws -> [Identifier: Workspace] {
        let rows = try tx.rows(
            """
            SELECT * FROM workspaces WHERE id IN (\(Placeholders.list(ids.count)))
            ORDER BY id\(tx.dialect.forNoKeyUpdate)
            """,
            Array(ids)
        )
        return try rows.map(workspace).reduce(into: [:]) { $0[$1.id] = $1 }
    }

    /// Whether there is any customer.
    static func hasLive(in tx: SQLTransaction) throws -> Bool {
        try tx.first("SELECT id FROM workspaces WHERE live_id IS NULL LIMIT 1") != nil
    }

    /// Live workspaces in the order of their ids.
    ///
    /// - Parameters:
    ///   - id: where the last page ended.
    ///   - lastID: the last one that is wanted.
    static func live(
        after id: Identifier?,
        upTo lastID: Identifier? = nil,
        limit: Int,
        in tx: SQLTransaction
    ) throws -> [Workspace] {
        var values: [any SQLEncodable] = [limit]
        var condition = "live_id IS NULL"
        if let id {
            values.append(id)
            condition += " AND id > $\(values.count)"
        }
        if let lastID {
            values.append(lastID)
            condition += " AND id <= $\(values.count)"
        }
        return try tx.rows("SELECT * FROM workspaces WHERE \(condition) ORDER BY id LIMIT $1", values).map(workspace)
    }

    static func twin(of liveID: Identifier, in tx: SQLTransaction) throws -> Workspace? {
        try tx.first("SELECT * FROM workspaces WHERE live_id = $1", [liveID]).map(workspace)
    }

    static func workspace(_ row: Row) throws -> Workspace {
        guard let currency = Currency(try row.get("currency")),
            let status = WorkspaceStatus(rawValue: try row.get("status"))
        else { throw DatabaseError.decoding("workspaces: currency or status") }
        return Workspace(
            id: try row.get("id"),
            name: try row.get("name"),
            email: try row.get("email"),
            slug: try row.get("slug"),
            country: try row.get("country"),
            currency: currency,
            mpesaAccountReference: try row.get("mpesa_account_ref"),
            status: status,
            lowBalanceThresholdMinor: try row.get("low_balance_threshold_minor"),
            createdAt: try row.get("created_at"),
            liveID: try row.get("live_id"),
            clockOffset: .milliseconds(try row.get("clock_offset_ms", as: Int64.self)),
            operatorLimits: try Limits(stored: row.get("operator_limits")),
            ownLimits: try Limits(stored: row.get("own_limits"))
        )
    }
}
