import CLibPQ
import Dispatch
import Glibc

/// One libpq connection on its own serial queue. Every method runs on that queue and may block.
@safe final class PostgresConnection: @unchecked Sendable {
    let queue: DispatchQueue
    private let url: String
    private let settings: DatabaseSettings
    private var handle: OpaquePointer?
    private var prepared: [String: PostgresStatement] = [:]
    /// A BEGIN that has not been sent: it goes out with the first statement, and saves a round trip.
    private var unsentBegin: String?

    init(url: String, settings: DatabaseSettings, label: String) {
        self.url = url
        self.settings = settings
        queue = DispatchQueue(label: "postgres.\(label)")
    }

    deinit {
        if let handle = unsafe handle { unsafe PQfinish(handle) }
    }

    /// Whether the connection answered last time; a broken one is made anew by `connect`.
    var isOpen: Bool {
        guard let handle = unsafe handle else { return false }
        return unsafe PQstatus(handle) == CONNECTION_OK
    }

    /// The socket to poll for notifications, or -1.
    var socket: Int32 { unsafe handle.map { unsafe PQsocket($0) } ?? -1 }

    /// Connects if there is no working connection.
    ///
    /// - Throws: `DatabaseError.unavailable`.
    func connect() throws(DatabaseError) {
        if isOpen { return }
        disconnect()
        let seconds = settings.connectTimeout.components.seconds
        let milliseconds = settings.statementTimeout.components.seconds * 1000
        let options = """
            -c statement_timeout=\(milliseconds) -c client_min_messages=warning -c default_transaction_read_only=on
            """
        let keywords = ["dbname", "connect_timeout", "application_name", "options"]
        let values = [url, "\(seconds)", "sautikit", options]
        unsafe handle = Self.connect(keywords: keywords, values: values)
        guard let handle = unsafe handle else { throw .unavailable("PostgreSQL: out of memory") }
        guard unsafe PQstatus(handle) == CONNECTION_OK else {
            let message = unsafe String(cString: PQerrorMessage(handle))
            disconnect()
            throw .unavailable("PostgreSQL: \(message)")
        }
    }

    /// Ends the connection; the server rolls back what was not committed.
    func disconnect() {
        if let handle = unsafe handle { unsafe PQfinish(handle) }
        unsafe handle = nil
        prepared = [:]
        unsentBegin = nil
    }

    /// Opens a transaction with the next statement, or not at all if there is none.
    func begin(_ sql: String) {
        unsentBegin = sql
    }

    /// Runs `last` and commits what was begun, in one round trip.
    ///
    /// - Throws: `DatabaseError.inDoubt` when the answer never came, else what the server refused.
    func commit(after last: [PostgresCommand]) throws(DatabaseError) {
        if last.isEmpty, unsentBegin != nil {
            unsentBegin = nil
            return
        }
        let answers: [PostgresResult]
        do {
            answers = try run(together: last + [PostgresCommand(sql: "COMMIT")])
        } catch .unavailable(let message) where !isOpen {
            throw .inDoubt(message)
        }
        // After a statement that failed the server takes COMMIT for ROLLBACK, and says so only here.
        guard answers.last?.tag == "COMMIT" else { throw .statement("a statement of the transaction had failed") }
    }

    /// Ends the transaction without its changes, or the connection if that is not possible.
    func rollback() {
        let wasSent = unsentBegin == nil
        unsentBegin = nil
        guard wasSent else { return }
        do { try command("ROLLBACK") } catch { disconnect() }
    }

    /// Runs a statement without parameters and without a result, outside a transaction.
    func command(_ sql: String) throws(DatabaseError) {
        guard let handle = unsafe handle else { throw .unavailable("PostgreSQL: not connected") }
        try check(unsafe PostgresResult(PQexec(handle, sql)))
    }

    /// Runs a statement, prepared once per connection.
    func run(_ command: PostgresCommand) throws(DatabaseError) -> PostgresResult {
        try answer(command).result
    }

    /// Runs a query, prepared once per connection, and decodes its rows.
    func rows(_ command: PostgresCommand) throws(DatabaseError) -> [Row] {
        let (statement, result) = try answer(command)
        return try result.rows(statement.columns(of: result))
    }

    private func answer(
        _ command: PostgresCommand
    ) throws(DatabaseError) -> (statement: PostgresStatement, result: PostgresResult) {
        guard let handle = unsafe handle else { throw .unavailable("PostgreSQL: not connected") }
        let statement = unsafe try prepare(command.sql, on: handle)
        if unsentBegin != nil, let result = try run(together: [command]).last { return (statement, result) }
        let result = unsafe PostgresResult(
            PostgresParameters(command.arguments).with { count, values, lengths, formats in
                unsafe PQexecPrepared(handle, statement.name, count, values, lengths, formats, 0)
            }
        )
        try check(result)
        return (statement, result)
    }

    /// Sends the commands, after a BEGIN that is due, in one packet and takes their answers (libpq's pipeline mode): one
    /// round trip. The server does none of those that follow one that failed.
    private func run(together commands: [PostgresCommand]) throws(DatabaseError) -> [PostgresResult] {
        guard let handle = unsafe handle else { throw .unavailable("PostgreSQL: not connected") }
        let all = (unsentBegin.map { [PostgresCommand(sql: $0)] } ?? []) + commands
        var statements: [PostgresStatement] = []
        for command in all { statements.append(unsafe try prepare(command.sql, on: handle)) }
        unsentBegin = nil
        guard let pipeline = unsafe PostgresPipeline(handle) else { throw .unavailable("PostgreSQL: busy") }
        for (statement, command) in zip(statements, all) { pipeline.send(statement.name, command.arguments) }
        let results = pipeline.finish()
        for result in results { try check(result) }
        guard results.count == all.count else { throw .unavailable("PostgreSQL: the connection was lost") }
        return results
    }

    /// Channels (the payloads) notified since the last call, without blocking; nil when the connection is lost.
    func takeNotifications() -> [String]? {
        guard let handle = unsafe handle, unsafe PQconsumeInput(handle) == 1 else { return nil }
        var channels: [String] = []
        while let notification = unsafe PQnotifies(handle) {
            unsafe channels.append(String(cString: notification.pointee.extra))
            unsafe PQfreemem(notification)
        }
        return channels
    }

    private func prepare(_ sql: String, on handle: OpaquePointer) throws(DatabaseError) -> PostgresStatement {
        if let known = prepared[sql] { return known }
        let statement = PostgresStatement(name: "s\(prepared.count)")
        try check(unsafe PostgresResult(PQprepare(handle, statement.name, sql, 0, nil)))
        prepared[sql] = statement
        return statement
    }

    private func check(_ result: PostgresResult) throws(DatabaseError) {
        guard let failure = result.failure else { return }
        // What has no SQLSTATE is no answer of the server: libpq could not ask it, and may not say that the connection is gone.
        if result.isFatal || failure.state == nil { disconnect() }
        throw DatabaseError(
            sqlState: isOpen ? failure.state : nil,
            message: failure.message,
            constraint: failure.constraint
        )
    }

    private static func connect(keywords: [String], values: [String]) -> OpaquePointer? {
        let copies = unsafe (keywords + values).map { unsafe strdup($0) }
        defer { for index in unsafe copies.indices { unsafe free(copies[index]) } }
        let pointers = unsafe copies.map { unsafe UnsafePointer<CChar>($0) }
        let first: [UnsafePointer<CChar>?] = unsafe pointers.prefix(keywords.count) + [nil]
        let second: [UnsafePointer<CChar>?] = unsafe pointers.suffix(values.count) + [nil]
        return unsafe PQconnectdbParams(first, second, 1)
    }
}
