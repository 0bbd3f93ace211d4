import GRDB

/// The prepared statements of one connection by their text as it is written in the code. Used only where the connection is.
final class SQLiteStatements: @unchecked Sendable {
    /// A statement, and the names of its columns.
    final class Prepared {
        let statement: Statement
        private(set) var columns: ColumnNames

        init(_ statement: Statement) {
            self.statement = statement
            columns = ColumnNames(statement.columnNames)
        }

        /// SQLite prepares a statement again when the schema has changed, and `*` may then mean more.
        func refreshColumns(count: Int) {
            if columns.count != count { columns = ColumnNames(statement.columnNames) }
        }
    }

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
