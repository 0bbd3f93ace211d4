import Database
import Ledger
import Primitives

/// All SQL of webhook subscriptions.
enum SubscriptionTable {
    static let migration = Migration(number: 259, name: "webhook subscriptions") { dialect in
        [
            """
            CREATE TABLE webhook_subscriptions (
                id \(dialect.bytes) PRIMARY KEY, workspace_id \(dialect.bytes) NOT NULL REFERENCES workspaces (id),
                url TEXT NOT NULL, patterns TEXT NOT NULL, sealed_secret \(dialect.bytes) NOT NULL,
                sealed_previous_secret \(dialect.bytes), previous_until BIGINT, created_at BIGINT NOT NULL,
                failing_since BIGINT, disabled_at BIGINT, deleted_at BIGINT)
            """,
            """
            CREATE INDEX webhook_subscriptions_by_workspace ON webhook_subscriptions (workspace_id, id)
                WHERE deleted_at IS NULL
            """,
        ]
    }

    private static let columns = "id, workspace_id, url, patterns, created_at, failing_since, disabled_at"

    /// What a secret is sealed for.
    static func secretContext(_ id: Identifier) -> String { "subscription:\(id)" }

    static func insert(_ subscription: Subscription, sealedSecret: [UInt8], in tx: SQLTransaction) throws {
        try tx.execute(
            """
            INSERT INTO webhook_subscriptions (id, workspace_id, url, patterns, sealed_secret, created_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            """,
            [
                subscription.id, subscription.workspaceID, subscription.url, joined(subscription.patterns),
                sealedSecret,
                subscription.createdAt,
            ]
        )
    }

    static func all(of workspaceID: Identifier, in tx: SQLTransaction) throws -> [Subscription] {
        try tx.rows(
            "SELECT \(columns) FROM webhook_subscriptions WHERE workspace_id = $1 AND deleted_at IS NULL ORDER BY id",
            [workspaceID]
        ).map(subscription)
    }

    static func enabled(of workspaceID: Identifier, in tx: SQLTransaction) throws -> [Subscription] {
        try all(of: workspaceID, in: tx).filter { $0.disabledAt == nil }
    }

    static func find(_ id: Identifier, of workspaceID: Identifier, in tx: SQLTransaction) throws -> Subscription? {
        try tx.first(
            """
            SELECT \(columns) FROM webhook_subscriptions WHERE id = $1 AND workspace_id = $2 AND deleted_at IS NULL
            """,
            [id, workspaceID]
        ).map(subscription)
    }

    static func update(_ id: Identifier, url: String, patterns: [EventPattern], in tx: SQLTransaction) throws {
        try tx.execute(
            "UPDATE webhook_subscriptions SET url = $1, patterns = $2 WHERE id = $3",
            [url, joined(patterns), id]
        )
    }

    /// Turns it on or off; on, its failures are forgotten.
    static func setDisabled(_ disabledAt: Timestamp?, of id: Identifier, in tx: SQLTransaction) throws {
        try tx.execute(
            """
            UPDATE webhook_subscriptions SET disabled_at = $1,
                failing_since = CASE WHEN $2 = 1 THEN NULL ELSE failing_since END
            WHERE id = $3
            """,
            [disabledAt, disabledAt == nil, id]
        )
    }

    static func delete(_ id: Identifier, at now: Timestamp, in tx: SQLTransaction) throws {
        try tx.execute("UPDATE webhook_subscriptions SET deleted_at = $1 WHERE id = $2", [now, id])
    }

    /// Puts a new secret in front of the present one, which signs too until `until`.
    static func rotate(_ id: Identifier, sealedSecret: [UInt8], until: Timestamp, in tx: SQLTransaction) throws {
        try tx.execute(
            """
            UPDATE webhook_subscriptions SET sealed_previous_secret = sealed_secret, sealed_secret = $1,
                previous_until = $2
            WHERE id = $3
            """,
            [sealedSecret, until, id]
        )
    }

    /// Notes that something was taken, or was not; returns since when nothing was.
    static func note(isSuccess: Bool, for id: Identifier, at now: Timestamp, in tx: SQLTransaction) throws -> Timestamp?
    {
        guard !isSuccess else {
            try tx.execute(
                "UPDATE webhook_subscriptions SET failing_since = NULL WHERE id = $1 AND failing_since IS NOT NULL",
                [id]
            )
            return nil
        }
        return try tx.first(
            """
            UPDATE webhook_subscriptions SET failing_since = COALESCE(failing_since, $1) WHERE id = $2
                AND disabled_at IS NULL AND deleted_at IS NULL
            RETURNING failing_since
            """,
            [now, id]
        )?.get("failing_since")
    }

    private static func joined(_ patterns: [EventPattern]) -> String {
        patterns.map(\.text).joined(separator: " ")
    }

    private static func subscription(_ row: Row) throws -> Subscription {
        Subscription(
            id: try row.get("id"),
            workspaceID: try row.get("workspace_id"),
            url: try row.get("url"),
            patterns: try row.get("patterns", as: String.self).split(separator: " ").compactMap {
                EventPattern(String($0))
            },
            createdAt: try row.get("created_at"),
            failingSince: try row.get("failing_since"),
            disabledAt: try row.get("disabled_at")
        )
    }
}
