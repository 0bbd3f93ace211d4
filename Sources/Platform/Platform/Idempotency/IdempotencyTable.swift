import Database
import Ledger
import Primitives

/// All SQL of used `Idempotency-Key`s.
enum IdempotencyTable {
    static let migration = Migration(number: 202, name: "idempotency keys") { dialect in
        [
            """
            CREATE TABLE idempotency_keys (
                scope_id \(dialect.bytes) NOT NULL, key TEXT NOT NULL, request_hash \(dialect.bytes) NOT NULL,
                resource_id \(dialect.bytes) NOT NULL, sealed_note \(dialect.bytes), created_at BIGINT NOT NULL,
                PRIMARY KEY (scope_id, key))\(dialect.clustered)
            """,
            "CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at)",
        ]
    }

    /// Takes a key for a resource about to be made, or returns what an equal request made before.
    ///
    /// Two equal requests at once meet at the primary key: the second waits for the first and then finds its resource.
    static func claim(
        _ request: IdempotencyRequest,
        of scopeID: Identifier,
        for resourceID: Identifier,
        at now: Timestamp,
        lifetime: Duration,
        in tx: SQLTransaction
    ) throws -> (resourceID: Identifier, sealedNote: [UInt8]?)? {
        try tx.execute(
            "DELETE FROM idempotency_keys WHERE scope_id = $1 AND key = $2 AND created_at < $3",
            [scopeID, request.key, now - lifetime]
        )
        let inserted = try tx.execute(
            """
            INSERT INTO idempotency_keys (scope_id, key, request_hash, resource_id, created_at)
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (scope_id, key) DO NOTHING
            """,
            [scopeID, request.key, request.requestHash, resourceID, now]
        )
        if inserted == 1 { return nil }
        let row = try tx.first(
            "SELECT request_hash, resource_id, sealed_note FROM idempotency_keys WHERE scope_id = $1 AND key = $2",
            [scopeID, request.key]
        )
        guard let row, try row.get("request_hash") == request.requestHash else {
            throw PlatformError(
                .idempotencyConflict,
                "This Idempotency-Key was used with another request. Use a new key for a new request.",
                field: "Idempotency-Key"
            )
        }
        return (try row.get("resource_id"), try row.get("sealed_note"))
    }

    /// Keeps what the answer needs besides the resource.
    static func setNote(
        _ sealed: [UInt8],
        of request: IdempotencyRequest,
        of scopeID: Identifier,
        in tx: SQLTransaction
    ) throws {
        try tx.execute(
            "UPDATE idempotency_keys SET sealed_note = $1 WHERE scope_id = $2 AND key = $3",
            [sealed, scopeID, request.key]
        )
    }

    static func purge(before moment: Timestamp, in tx: SQLTransaction) throws -> Int {
        try tx.execute("DELETE FROM idempotency_keys WHERE created_at < $1", [moment])
    }
}
