import GRDB
import GRDBSQLite

/// GRDB's connection behind the seam: statements are prepared once, and bound and stepped by SQLite's own calls, which spares
/// a copy of every value.
struct SQLiteSession: SQLSession {
    let connection: GRDB.Database
    let statements: SQLiteStatements

    var dialect: Dialect { .sqlite }

    /// Whether a transaction is open; SQLite ends one by itself when the disk is full.
    var isInsideTransaction: Bool { connection.isInsideTransaction }

    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
        try run(sql, arguments) { _ in }
        return connection.changesCount
    }

    func rows(_ sql: String, _ arguments: [SQLValue]) throws -> [Row] {
        var rows: [Row] = []
        try run(sql, arguments) { prepared in
            let values = SQLiteValues.row(of: prepared.statement)
            if rows.isEmpty { prepared.refreshColumns(count: values.count) }
            rows.append(Row(columns: prepared.columns, values: values))
        }
        return rows
    }

    /// Ends a transaction that only read; there is nothing to lose if it must be rolled back.
    func endReading() {
        for end in ["COMMIT", "ROLLBACK"] where isInsideTransaction {
            do { _ = try execute(end, []) } catch { continue }
        }
    }

    private func run(
        _ sql: String,
        _ arguments: [SQLValue],
        _ each: (SQLiteStatements.Prepared) throws -> Void
    ) throws {
        do {
            let prepared = try statements.prepared(sql, on: connection)
            if !prepared.isReadOnly { statements.hasWritten = true }
            let handle = unsafe prepared.statement.sqliteStatement
            defer { unsafe sqlite3_reset(handle) }
            try SQLiteValues.bind(arguments, to: prepared.statement)
            while true {
                switch unsafe sqlite3_step(handle) {
                case SQLITE_ROW: try each(prepared)
                case SQLITE_DONE: return
                case let code: throw failure(code)
                }
            }
        } catch {
            throw DatabaseError(sqlite: error)
        }
    }

    private func failure(_ code: CInt) -> GRDB.DatabaseError {
        let extended = unsafe connection.sqliteConnection.map { unsafe sqlite3_extended_errcode($0) } ?? code
        return GRDB.DatabaseError(resultCode: ResultCode(rawValue: extended), message: connection.lastErrorMessage)
    }
}
