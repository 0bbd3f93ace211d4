import GRDB
import GRDBSQLite

/// The prepared statements of one connection by their text as it is written in the code. Used only where the connection is.
final class SQLiteStatements: @unchecked Sendable {
    /// A statement, and the names of its columns.
    final class Prepared {
        let statement: Statement
        /// Whether it can change nothing, as SQLite sees it.
        let isReadOnly: Bool
        private(set) var columns: ColumnNames

        init(_ statement: Statement) {
            self.statement = statement
            isReadOnly = unsafe sqlite3_stmt_readonly(statement.sqliteStatement) != 0
            columns = Self.columns(of: statement)
        }

        /// SQLite prepares a statement again when the schema has changed, and `*` may then mean more.
        func refreshColumns(count: Int) {
            if columns.count != count { columns = Self.columns(of: statement) }
        }

        /// Asks SQLite itself: the library remembers the names it saw first.
        private static func columns(of statement: Statement) -> ColumnNames {
            let handle = unsafe statement.sqliteStatement
            let names = (0..<(unsafe sqlite3_column_count(handle))).map { column in
                unsafe sqlite3_column_name(handle, column).map { unsafe String(cString: $0) } ?? ""
            }
            return ColumnNames(names)
        }
    }

    /// Whether a statement that may change something was run since somebody set this to false.
    var hasWritten = false
    private var known: [String: Prepared] = [:]

    func prepared(_ sql: String, on connection: GRDB.Database) throws -> Prepared {
        if let prepared = known[sql] { return prepared }
        let prepared = Prepared(try connection.makeStatement(sql: SQLiteText.numbered(sql)))
        known[sql] = prepared
        return prepared
    }

    func forgetAll() {
        known = [:]
    }
}
