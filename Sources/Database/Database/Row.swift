/// One row of a result, read by column name.
package struct Row: Sendable {
    let columns: ColumnNames
    let values: [SQLValue]

    /// The value of a column.
    ///
    /// - Throws: `DatabaseError.decoding` for an unknown column or another type.
    package func get<T: SQLDecodable>(_ column: String, as type: T.Type = T.self) throws(DatabaseError) -> T {
        guard let index = columns.index(of: column) else { throw .decoding("no column \(column)") }
        do {
            return try T(sqlValue: values[index])
        } catch {
            throw .decoding("column \(column): \(error)")
        }
    }
}
