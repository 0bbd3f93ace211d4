/// A connection inside a transaction.
struct PostgresSession: SQLSession {
    let connection: PostgresConnection

    var dialect: Dialect { .postgres }

    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
        try connection.run(PostgresCommand(sql: sql, arguments: arguments)).changeCount
    }

    func rows(_ sql: String, _ arguments: [SQLValue]) throws -> [Row] {
        try connection.rows(PostgresCommand(sql: sql, arguments: arguments))
    }
}
