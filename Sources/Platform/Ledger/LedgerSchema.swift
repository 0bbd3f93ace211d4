package import Database

/// The ledger's tables. Entries and postings refuse to be changed, whoever asks.
package enum LedgerSchema {
    /// Steps 100 to 199 of the schema belong to the ledger, and step 235.
    package static let migrations = [
        Migration(number: 100, name: "ledger", statements: statements),
        Migration(number: 101, name: "ledger order", statements: order),
        Migration(number: 102, name: "ledger checkpoints", statements: CheckpointTable.statements),
        Migration(number: 235, name: "ledger marks") { _ in
            ["ALTER TABLE ledger_accounts ADD COLUMN mark_minor BIGINT"]
        },
    ]

    /// Each account knows its last entry, so that the next one gets a greater id whichever node posts it.
    @Sendable private static func order(_ dialect: Dialect) -> [String] {
        [
            "ALTER TABLE ledger_accounts ADD COLUMN last_entry_id \(dialect.bytes)",
            """
            UPDATE ledger_accounts SET last_entry_id = (
                SELECT p.entry_id FROM ledger_postings p WHERE p.account_id = ledger_accounts.id
                ORDER BY p.entry_id DESC LIMIT 1)
            """,
            """
            CREATE INDEX ledger_entries_by_reference ON ledger_entries (reference_id, id)
            WHERE reference_id IS NOT NULL
            """,
        ]
    }

    @Sendable private static func statements(_ dialect: Dialect) -> [String] {
        tables(dialect) + (dialect == .sqlite ? sqliteGuards : postgresGuards)
    }

    private static func tables(_ dialect: Dialect) -> [String] {
        [
            """
            CREATE TABLE ledger_accounts (
                id \(dialect.bytes) PRIMARY KEY, workspace_id \(dialect.bytes) NOT NULL, kind TEXT NOT NULL,
                currency TEXT NOT NULL, balance_minor BIGINT NOT NULL, UNIQUE (workspace_id, kind, currency))
            """,
            """
            CREATE TABLE ledger_entries (
                id \(dialect.bytes) PRIMARY KEY, entry_key TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
                description TEXT NOT NULL, reference_id \(dialect.bytes), amount_minor BIGINT NOT NULL,
                occurred_at BIGINT NOT NULL)\(dialect.clustered)
            """,
            """
            CREATE TABLE ledger_postings (
                entry_id \(dialect.bytes) NOT NULL REFERENCES ledger_entries (id),
                account_id \(dialect.bytes) NOT NULL REFERENCES ledger_accounts (id),
                amount_minor BIGINT NOT NULL CHECK (amount_minor <> 0), balance_after_minor BIGINT NOT NULL,
                PRIMARY KEY (entry_id, account_id))\(dialect.clustered)
            """,
            "CREATE INDEX ledger_postings_by_account ON ledger_postings (account_id, entry_id)",
        ]
    }

    private static let guarded = ["ledger_entries", "ledger_postings"]

    private static let sqliteGuards = guarded.flatMap { table in
        ["UPDATE", "DELETE"].map { operation in
            """
            CREATE TRIGGER \(table)_no_\(operation.lowercased()) BEFORE \(operation) ON \(table)
            BEGIN SELECT RAISE(ABORT, '\(table) is append-only'); END
            """
        }
    }

    private static let postgresGuards =
        [
            """
            CREATE FUNCTION refuse_change() RETURNS trigger AS $$
            BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$ LANGUAGE plpgsql
            """
        ]
        + guarded.map { table in
            """
            CREATE TRIGGER \(table)_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON \(table)
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
            """
        }
}
