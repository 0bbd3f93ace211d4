import Database
import Platform

extension World {
    private static let tables = [
        "api_keys", "call_events", "calls", "events", "idempotency_keys", "ledger_accounts", "ledger_entries",
        "ledger_postings", "numbers", "recordings", "voice_commands", "webhook_attempts", "webhook_deliveries",
        "workspaces",
    ]

    /// Rows of a table.
    func count(_ table: String) async throws -> Int {
        try await context.database.read { try $0.first("SELECT COUNT(*) AS n FROM \(table)")?.get("n") ?? -1 }
    }

    /// Rows of every table that facts are written to.
    func counts() async throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for table in Self.tables { counts[table] = try await count(table) }
        return counts
    }

    /// Makes the database refuse new rows of a table.
    func refuse(_ table: String) async throws {
        try await context.database.write { tx in
            switch tx.dialect {
            case .sqlite:
                try tx.execute(
                    "CREATE TRIGGER fault BEFORE INSERT ON \(table) BEGIN SELECT RAISE(ABORT, 'fault'); END"
                )
            case .postgres:
                try tx.execute(
                    """
                    CREATE FUNCTION fault() RETURNS trigger AS $$
                    BEGIN RAISE EXCEPTION 'fault'; END $$ LANGUAGE plpgsql
                    """
                )
                try tx.execute(
                    "CREATE TRIGGER fault BEFORE INSERT ON \(table) FOR EACH ROW EXECUTE FUNCTION fault()"
                )
            }
        }
    }

    /// Undoes `refuse`.
    func refuseNothing(_ table: String) async throws {
        try await context.database.write { tx in
            try tx.execute(tx.dialect == .sqlite ? "DROP TRIGGER fault" : "DROP TRIGGER fault ON \(table)")
        }
    }
}
