import Foundation
import GRDB

/// GRDB's connection behind the seam: statements are cached by their text.
struct SQLiteSession: SQLSession {
    let connection: GRDB.Database
    let texts: SQLiteTexts

    var dialect: Dialect { .sqlite }

    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
        do {
            let statement = try connection.cachedStatement(sql: texts.numbered(sql))
            try statement.execute(arguments: Self.bindings(arguments))
            return connection.changesCount
        } catch {
            throw DatabaseError(sqlite: error)
        }
    }

    func rows(_ sql: String, _ arguments: [SQLValue]) throws -> [Row] {
        do {
            let statement = try connection.cachedStatement(sql: texts.numbered(sql))
            let columns = ColumnNames(statement.columnNames)
            let cursor = try GRDB.Row.fetchCursor(statement, arguments: Self.bindings(arguments))
            var rows: [Row] = []
            while let row = try cursor.next() {
                rows.append(Row(columns: columns, values: row.databaseValues.map(Self.value)))
            }
            return rows
        } catch {
            throw DatabaseError(sqlite: error)
        }
    }

    private static func bindings(_ arguments: [SQLValue]) -> StatementArguments {
        StatementArguments(
            arguments.map { value -> DatabaseValue in
                switch value {
                case .null: .null
                case .integer(let number): number.databaseValue
                case .real(let number): number.databaseValue
                case .text(let text): text.databaseValue
                case .blob(let bytes): Data(bytes).databaseValue
                }
            }
        )
    }

    private static func value(_ stored: DatabaseValue) -> SQLValue {
        switch stored.storage {
        case .null: .null
        case .int64(let number): .integer(number)
        case .double(let number): .real(number)
        case .string(let text): .text(text)
        case .blob(let data): .blob([UInt8](data))
        }
    }
}
