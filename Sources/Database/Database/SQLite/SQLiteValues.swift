import GRDB
import GRDBSQLite

/// Values into and out of SQLite's statements.
enum SQLiteValues {
    /// SQLITE_TRANSIENT, which the header spells as a cast: SQLite makes its own copy.
    private static var transient: sqlite3_destructor_type {
        unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    }

    /// Binds all parameters of a statement.
    ///
    /// - Throws: GRDB's error for more or fewer arguments than the statement has, or a value that is too long.
    static func bind(_ arguments: [SQLValue], to statement: Statement) throws {
        let handle = unsafe statement.sqliteStatement
        guard unsafe Int(sqlite3_bind_parameter_count(handle)) == arguments.count else {
            throw GRDB.DatabaseError(
                resultCode: .SQLITE_MISUSE,
                message: "\(arguments.count) arguments for: \(statement.sql)"
            )
        }
        for (index, argument) in arguments.enumerated() {
            let code = unsafe bind(argument, at: CInt(index + 1), of: handle)
            guard code == SQLITE_OK else { throw GRDB.DatabaseError(resultCode: ResultCode(rawValue: code)) }
        }
    }

    private static func bind(_ value: SQLValue, at place: CInt, of handle: OpaquePointer) -> CInt {
        switch value {
        case .null: return unsafe sqlite3_bind_null(handle, place)
        case .integer(let number): return unsafe sqlite3_bind_int64(handle, place, number)
        case .real(let number): return unsafe sqlite3_bind_double(handle, place, number)
        case .text(var text):
            return text.withUTF8 { bytes in
                // A null pointer would make it NULL, and an empty text has none.
                guard unsafe bytes.baseAddress != nil else {
                    return unsafe sqlite3_bind_text(handle, place, "", 0, transient)
                }
                return unsafe bytes.withMemoryRebound(to: CChar.self) {
                    unsafe sqlite3_bind_text(handle, place, $0.baseAddress, CInt($0.count), transient)
                }
            }
        case .blob(let bytes):
            // A null pointer would make it NULL.
            if bytes.isEmpty { return unsafe sqlite3_bind_zeroblob(handle, place, 0) }
            return unsafe bytes.withUnsafeBytes {
                unsafe sqlite3_bind_blob(handle, place, $0.baseAddress, CInt($0.count), transient)
            }
        }
    }

    /// The values of the row that a statement is at.
    static func row(of statement: Statement) -> [SQLValue] {
        let handle = unsafe statement.sqliteStatement
        let count = unsafe sqlite3_column_count(handle)
        var values: [SQLValue] = []
        values.reserveCapacity(Int(count))
        for column in 0..<count { values.append(unsafe value(at: column, of: handle)) }
        return values
    }

    private static func value(at column: CInt, of handle: OpaquePointer) -> SQLValue {
        switch unsafe sqlite3_column_type(handle, column) {
        case SQLITE_INTEGER: return .integer(unsafe sqlite3_column_int64(handle, column))
        case SQLITE_FLOAT: return .real(unsafe sqlite3_column_double(handle, column))
        case SQLITE_TEXT:
            guard let start = unsafe sqlite3_column_text(handle, column) else { return .text("") }
            let count = unsafe Int(sqlite3_column_bytes(handle, column))
            return .text(unsafe String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
        case SQLITE_BLOB:
            let count = unsafe Int(sqlite3_column_bytes(handle, column))
            let start = unsafe sqlite3_column_blob(handle, column)
            return .blob(unsafe Array(UnsafeRawBufferPointer(start: start, count: count)))
        default: return .null
        }
    }
}
