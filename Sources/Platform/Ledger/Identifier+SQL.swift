package import Database
package import Primitives

extension Identifier: SQLEncodable, SQLDecodable {
    /// Stored as 16 bytes, which sort as identifiers do.
    package var sqlValue: SQLValue { .blob(bytes) }

    /// Reads 16 bytes.
    package init(sqlValue: SQLValue) throws(DatabaseError) {
        guard let identifier = Identifier(bytes: try [UInt8](sqlValue: sqlValue)) else {
            throw .decoding("an identifier has 16 bytes")
        }
        self = identifier
    }
}
