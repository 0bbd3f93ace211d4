import Database
import Ledger
import Primitives

/// All SQL of used `Idempotency-Key`s.
enum IdempotencyTable {
    static let migration = Migration(number: 202, name: "idempotency keys") { dialect in
        [
            """
            CREATE TABLE idempotency_keys (
                workspace_id \(dialect.bytes) NOT NULL, key TEXT NOT NULL, request_hash \(dialect.bytes) NOT NULL,
                resource_id \(dialect.bytes) NOT NULL, created_at BIGINT NOT NULL, PRIMARY KEY (workspace_id, key))\(dialect.clustered)
            """,
            "CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at)",
        ]
    }

    /// Takes a key for a resource about to be made, or returns the resource that an equal request made before.
    ///
    /// Two equal requests at once meet at the primary key: the second waits for the first and then finds its resource.
    static func claim(
        _ request: IdempotencyRequest,
        of workspaceID: Identifier,
        for resourceID: Identifier,
        at now: Timestamp,
        lifetime: Duration,
        in tx: SQLTransaction
    ) throws -> Identifier? {
        try tx.execute(
            "DELETE FROM idempotency_keys WHERE workspace_id = $1 AND key = $2 AND created_at < $3",
            [workspaceID, request.key, now - lifetime]
        )
        let inserted = try tx.execute(
            """
            INSERT INTO idempotency_keys (workspace_id, key, request_hash, resource_id, created_at)
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (workspace_id, key) DO NOTHING
            """,
            [workspaceID, request.key, request.requestHash, resourceID, now]
        )
        if inserted == 1 { return nil }
        let row = try tx.first(
            "SELECT request_hash, resource_id FROM idempotency_keys WHERE workspace_id = $1 AND key = $2",
            [workspaceID, request.key]
        )
        guard let row, try row.get("request_hash") == request.requestHash else {
            throw PlatformError(
                .idempotencyConflict,
                "This Idempotency-Key was used with another request. Use a new key for a new request.",
                field: "Idempotency-Key"
            )
        }
        return try row.get("resource_id")
    }

    static func purge(before moment: Timestamp, in tx: SQLTransaction) throws -> Int {
        try tx.execute("DELETE FROM idempotency_keys WHERE created_at < $1", [moment])
    }
}
