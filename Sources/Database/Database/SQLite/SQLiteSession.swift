import GRDB
import GRDBSQLite

/// GRDB's connection behind the seam: statements are cached by their text, and bound and stepped by SQLite's own calls,
/// which spares a copy of every value.
struct SQLiteSession: SQLSession {
    let connection: GRDB.Database
    let texts: SQLiteTexts

    var dialect: Dialect { .sqlite }

    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
        try run(sql, arguments) { _ in }
        return connection.changesCount
    }

    func rows(_ sql: String, _ arguments: [SQLValue]) throws -> [Row] {
        var rows: [Row] = []
        var columns: ColumnNames?
        try run(sql, arguments) { statement in
            let names = columns ?? ColumnNames(statement.columnNames)
            columns = names
            rows.append(Row(columns: names, values: SQLiteValues.row(of: statement)))
        }
        return rows
    }

    private func run(_ sql: String, _ arguments: [SQLValue], _ each: (Statement) throws -> Void) throws {
        do {
            let statement = try connection.cachedStatement(sql: texts.numbered(sql))
            let handle = unsafe statement.sqliteStatement
            defer { unsafe sqlite3_reset(handle) }
            try SQLiteValues.bind(arguments, to: statement)
            while true {
                switch unsafe sqlite3_step(handle) {
                case SQLITE_ROW: try each(statement)
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
