import Database
import Ledger
import Primitives

/// All SQL of what is counted against limits, each row found by its key. Limits themselves are columns of workspaces and keys.
enum LimitTables {
    static let migration = Migration(number: 226, name: "limits") { dialect in
        [
            "ALTER TABLE workspaces ADD COLUMN operator_limits TEXT",
            "ALTER TABLE workspaces ADD COLUMN own_limits TEXT",
            "ALTER TABLE api_keys ADD COLUMN limits TEXT",
            """
            CREATE TABLE spend_days (
                subject_id \(dialect.bytes) NOT NULL, day BIGINT NOT NULL, committed_minor BIGINT NOT NULL,
                PRIMARY KEY (subject_id, day))\(dialect.clustered)
            """,
            """
            CREATE TABLE dial_pace (
                subject_id \(dialect.bytes) PRIMARY KEY, next_at_us BIGINT NOT NULL)\(dialect.clustered)
            """,
        ]
    }

    /// What a workspace or a key has committed on a day, in minor units.
    static func committed(by subjectID: Identifier, on day: Int64, in tx: SQLTransaction) throws -> Int64 {
        try tx.first(
            "SELECT committed_minor FROM spend_days WHERE subject_id = $1 AND day = $2",
            [subjectID, day]
        )?.get("committed_minor") ?? 0
    }

    /// Adds to it, and returns the sum; the row stays locked until the transaction ends.
    static func commit(
        _ amountMinor: Int64,
        by subjectID: Identifier,
        on day: Int64,
        in tx: SQLTransaction
    ) throws -> Int64 {
        let row = try tx.first(
            """
            INSERT INTO spend_days (subject_id, day, committed_minor) VALUES ($1, $2, $3) ON CONFLICT (subject_id, day)
            DO UPDATE SET committed_minor = spend_days.committed_minor + excluded.committed_minor
            RETURNING committed_minor
            """,
            [subjectID, day, amountMinor]
        )
        guard let row else { throw DatabaseError.statement("a day's spend was neither made nor raised") }
        return try row.get("committed_minor")
    }

    /// Takes back what was committed and not spent; whoever commits nothing has no row.
    static func giveBack(
        _ amountMinor: Int64,
        to subjectID: Identifier,
        on day: Int64,
        in tx: SQLTransaction
    ) throws {
        try tx.execute(
            "UPDATE spend_days SET committed_minor = committed_minor - $1 WHERE subject_id = $2 AND day = $3",
            [amountMinor, subjectID, day]
        )
    }

    /// The first moment at which the next call may be dialled, in microseconds; nil when none was paced yet.
    static func nextDial(of subjectID: Identifier, in tx: SQLTransaction) throws -> Int64? {
        try tx.first("SELECT next_at_us FROM dial_pace WHERE subject_id = $1", [subjectID])?.get("next_at_us")
    }

    static func setNextDial(_ microseconds: Int64, of subjectID: Identifier, in tx: SQLTransaction) throws {
        try tx.execute(
            """
            INSERT INTO dial_pace (subject_id, next_at_us) VALUES ($1, $2)
            ON CONFLICT (subject_id) DO UPDATE SET next_at_us = excluded.next_at_us
            """,
            [subjectID, microseconds]
        )
    }
}
