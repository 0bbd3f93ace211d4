/// What a driver's connection does inside a transaction: synchronous, on the connection's own thread.
protocol SQLSession {
    var dialect: Dialect { get }

    /// Runs a statement and returns the number of rows it changed.
    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int

    /// Runs a statement and returns its rows.
    func rows(_ sql: String, _ arguments: [SQLValue]) throws -> [Row]
}
