/// What can be bound to a `$1` parameter.
package protocol SQLEncodable {
    /// The value as it is stored.
    var sqlValue: SQLValue { get }
}

extension SQLValue: SQLEncodable {
    /// The value itself.
    package var sqlValue: SQLValue { self }
}

extension String: SQLEncodable {
    /// Stored as text.
    package var sqlValue: SQLValue { .text(self) }
}

extension Int: SQLEncodable {
    /// Stored as a 64-bit integer.
    package var sqlValue: SQLValue { .integer(Int64(self)) }
}

extension Int64: SQLEncodable {
    /// Stored as it is.
    package var sqlValue: SQLValue { .integer(self) }
}

extension Bool: SQLEncodable {
    /// Stored as 1 or 0.
    package var sqlValue: SQLValue { .integer(self ? 1 : 0) }
}

extension Double: SQLEncodable {
    /// Stored as a double.
    package var sqlValue: SQLValue { .real(self) }
}

extension [UInt8]: SQLEncodable {
    /// Stored as bytes.
    package var sqlValue: SQLValue { .blob(self) }
}

extension Optional: SQLEncodable where Wrapped: SQLEncodable {
    /// The wrapped value, or NULL.
    package var sqlValue: SQLValue { self?.sqlValue ?? .null }
}
