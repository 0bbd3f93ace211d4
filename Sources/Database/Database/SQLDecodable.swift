/// What can be read from a column.
package protocol SQLDecodable {
    /// Reads the stored value.
    ///
    /// - Throws: `DatabaseError.decoding` when the column holds another type.
    init(sqlValue: SQLValue) throws(DatabaseError)
}

extension SQLValue: SQLDecodable {
    /// The value itself.
    package init(sqlValue: SQLValue) {
        self = sqlValue
    }
}

extension String: SQLDecodable {
    /// Reads text.
    package init(sqlValue: SQLValue) throws(DatabaseError) {
        guard case .text(let text) = sqlValue else { throw .decoding("text expected") }
        self = text
    }
}

extension Int64: SQLDecodable {
    /// Reads an integer.
    package init(sqlValue: SQLValue) throws(DatabaseError) {
        guard case .integer(let number) = sqlValue else { throw .decoding("integer expected") }
        self = number
    }
}

extension Int: SQLDecodable {
    /// Reads an integer.
    package init(sqlValue: SQLValue) throws(DatabaseError) {
        self = try Int(Int64(sqlValue: sqlValue))
    }
}

extension Bool: SQLDecodable {
    /// Reads 0 as false and any other integer as true.
    package init(sqlValue: SQLValue) throws(DatabaseError) {
        self = try Int64(sqlValue: sqlValue) != 0
    }
}

extension Double: SQLDecodable {
    /// Reads a double, or an integer as one (SQLite stores whole doubles of an untyped column so).
    package init(sqlValue: SQLValue) throws(DatabaseError) {
        switch sqlValue {
        case .real(let number): self = number
        case .integer(let number): self = Double(number)
        default: throw .decoding("double expected")
        }
    }
}

extension [UInt8]: SQLDecodable {
    /// Reads bytes.
    package init(sqlValue: SQLValue) throws(DatabaseError) {
        guard case .blob(let bytes) = sqlValue else { throw .decoding("bytes expected") }
        self = bytes
    }
}

extension Optional: SQLDecodable where Wrapped: SQLDecodable {
    /// Reads NULL as nil.
    package init(sqlValue: SQLValue) throws(DatabaseError) {
        if case .null = sqlValue { self = nil } else { self = try Wrapped(sqlValue: sqlValue) }
    }
}
