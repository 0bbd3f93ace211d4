/// One numbered step of the schema, written once for both engines.
package struct Migration: Sendable {
    /// Its place in the order; numbers are never used again.
    package let number: Int
    /// What it does, in a few words.
    package let name: String
    /// The statements to run in one transaction.
    package let statements: @Sendable (Dialect) -> [String]

    /// Makes a step.
    package init(number: Int, name: String, statements: @escaping @Sendable (Dialect) -> [String]) {
        self.number = number
        self.name = name
        self.statements = statements
    }
}
