import Database
import Ledger
import Primitives

/// All SQL of requests to port numbers.
enum PortRequestTable {
    static let migration = Migration(number: 212, name: "port requests") { dialect in
        [
            """
            CREATE TABLE port_requests (
                id \(dialect.bytes) PRIMARY KEY, workspace_id \(dialect.bytes) NOT NULL REFERENCES workspaces (id),
                direction TEXT NOT NULL, numbers TEXT NOT NULL, carrier TEXT NOT NULL, account_holder TEXT NOT NULL,
                account_number TEXT, status TEXT NOT NULL, reason TEXT, created_at BIGINT NOT NULL,
                updated_at BIGINT NOT NULL)
            """,
            "CREATE INDEX port_requests_by_workspace ON port_requests (workspace_id, id)",
            "CREATE INDEX port_requests_by_status ON port_requests (status, id)",
        ]
    }

    static func insert(_ request: PortRequest, in tx: SQLTransaction) throws {
        try tx.execute(
            """
            INSERT INTO port_requests (id, workspace_id, direction, numbers, carrier, account_holder, account_number, status,
                created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
            """,
            [
                request.id, request.workspaceID, request.direction.rawValue, request.numbers.joined(separator: " "),
                request.carrier, request.accountHolder, request.accountNumber, request.status.rawValue,
                request.createdAt,
            ]
        )
    }

    /// Newest first.
    static func page(
        of workspaceID: Identifier,
        before cursor: Identifier?,
        limit: Int,
        in tx: SQLTransaction
    ) throws -> [PortRequest] {
        let condition = cursor == nil ? "" : " AND id < $3"
        let values: [any SQLEncodable] = [workspaceID, limit]
        return try tx.rows(
            "SELECT * FROM port_requests WHERE workspace_id = $1\(condition) ORDER BY id DESC LIMIT $2",
            cursor.map { values + [$0] } ?? values
        ).map(request)
    }

    /// The operator's view: those of a status, oldest first, at most 1,000.
    static func all(_ status: PortStatus, in tx: SQLTransaction) throws -> [PortRequest] {
        try tx.rows("SELECT * FROM port_requests WHERE status = $1 ORDER BY id LIMIT 1000", [status.rawValue])
            .map(request)
    }

    static func count(unfinishedOf workspaceID: Identifier, in tx: SQLTransaction) throws -> Int {
        try tx.first(
            """
            SELECT COUNT(*) AS n FROM port_requests
            WHERE workspace_id = $1 AND status NOT IN ('completed', 'cancelled')
            """,
            [workspaceID]
        )?.get("n") ?? 0
    }

    /// The request, locked until the transaction ends.
    static func lock(_ id: Identifier, in tx: SQLTransaction) throws -> PortRequest? {
        try tx.first("SELECT * FROM port_requests WHERE id = $1\(tx.dialect.forUpdate)", [id]).map(request)
    }

    static func find(_ id: Identifier, of workspaceID: Identifier, in tx: SQLTransaction) throws -> PortRequest? {
        try tx.first("SELECT * FROM port_requests WHERE id = $1 AND workspace_id = $2", [id, workspaceID])
            .map(request)
    }

    static func setStatus(
        _ status: PortStatus,
        reason: String?,
        of id: Identifier,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws {
        try tx.execute(
            "UPDATE port_requests SET status = $1, reason = $2, updated_at = $3 WHERE id = $4",
            [status.rawValue, reason, now, id]
        )
    }

    private static func request(_ row: Row) throws -> PortRequest {
        guard let direction = PortDirection(rawValue: try row.get("direction")),
            let status = PortStatus(rawValue: try row.get("status"))
        else { throw DatabaseError.decoding("port_requests: direction or status") }
        return PortRequest(
            id: try row.get("id"),
            workspaceID: try row.get("workspace_id"),
            direction: direction,
            numbers: try row.get("numbers", as: String.self).split(separator: " ").map(String.init),
            carrier: try row.get("carrier"),
            accountHolder: try row.get("account_holder"),
            accountNumber: try row.get("account_number"),
            status: status,
            reason: try row.get("reason"),
            createdAt: try row.get("created_at"),
            updatedAt: try row.get("updated_at")
        )
    }
}
