/// A transaction under way: valid only inside the closure it was handed to.
package struct SQLTransaction {
    private let session: any SQLSession
    let outbox: NotificationOutbox

    init(session: any SQLSession, outbox: NotificationOutbox) {
        self.session = session
        self.outbox = outbox
    }

    /// The same transaction through another session.
    func wrapped(_ wrap: (any SQLSession) -> any SQLSession) -> SQLTransaction {
        SQLTransaction(session: wrap(session), outbox: outbox)
    }

    /// The engine's dialect, for the few places where the text differs.
    package var dialect: Dialect { session.dialect }

    /// Runs a statement with `$1`, `$2`, … bound to `arguments`.
    ///
    /// - Returns: the number of rows changed.
    /// - Throws: `DatabaseError`.
    @discardableResult
    package func execute(_ sql: String, _ arguments: [any SQLEncodable] = []) throws -> Int {
        try session.execute(sql, arguments.map(\.sqlValue))
    }

    /// Runs a query with `$1`, `$2`, … bound to `arguments` and returns all its rows; bound the result with `LIMIT`.
    ///
    /// - Throws: `DatabaseError`.
    package func rows(_ sql: String, _ arguments: [any SQLEncodable] = []) throws -> [Row] {
        try session.rows(sql, arguments.map(\.sqlValue))
    }

    /// The first row of a query, or nil.
    ///
    /// - Throws: `DatabaseError`.
    package func first(_ sql: String, _ arguments: [any SQLEncodable] = []) throws -> Row? {
        try rows(sql, arguments).first
    }

    /// Wakes the listeners of a channel, here and on other nodes, once the transaction is committed and never otherwise.
    package func notify(_ channel: String) {
        outbox.channels.insert(channel)
    }
}
