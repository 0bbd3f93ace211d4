package import Database
package import Primitives

extension Timestamp: SQLEncodable, SQLDecodable {
    /// Stored as Unix milliseconds.
    package var sqlValue: SQLValue { .integer(millisecondsSinceEpoch) }

    /// Reads Unix milliseconds.
    package init(sqlValue: SQLValue) throws(DatabaseError) {
        self.init(millisecondsSinceEpoch: try Int64(sqlValue: sqlValue))
    }
}
