/// The places of many values in one statement.
package enum Placeholders {
    /// `$3, $4, $5` for three values of which the first is the third of the statement.
    package static func list(_ count: Int, from first: Int = 1) -> String {
        (0..<count).map { "$\(first + $0)" }.joined(separator: ", ")
    }

    /// `($1, $2), ($3, $4)` for two rows of two values each.
    package static func rows(_ count: Int, of columns: Int, from first: Int = 1) -> String {
        (0..<count).map { "(\(list(columns, from: first + $0 * columns)))" }.joined(separator: ", ")
    }
}
