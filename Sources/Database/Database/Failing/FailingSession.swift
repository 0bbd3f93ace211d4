/// A transaction's session that ends before one of its statements.
final class FailingSession: SQLSession {
    private let base: any SQLSession
    private let failure: TransactionFailure
    private var statementsLeft: Int

    init(base: any SQLSession, failure: TransactionFailure, statementsLeft: Int) {
        self.base = base
        self.failure = failure
        self.statementsLeft = statementsLeft
    }

    var dialect: Dialect { base.dialect }

    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
        try count()
        return try base.execute(sql, arguments)
    }

    func rows(_ sql: String, _ arguments: [SQLValue]) throws -> [Row] {
        try count()
        return try base.rows(sql, arguments)
    }

    private func count() throws {
        guard statementsLeft > 0 else { throw failure }
        statementsLeft -= 1
    }
}
