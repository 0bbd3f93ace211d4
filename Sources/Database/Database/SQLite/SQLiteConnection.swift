import Foundation
import GRDB

/// One connection of GRDB's with its prepared statements, used by one thread at a time.
final class SQLiteConnection: Sendable {
    private let queue: DatabaseQueue
    private let statements = SQLiteStatements()

    /// Opens the file.
    ///
    /// - Throws: `DatabaseError.unavailable`.
    init(path: String, settings: DatabaseSettings, isReadOnly: Bool) throws(DatabaseError) {
        var configuration = Configuration()
        configuration.busyMode = .timeout(TimeInterval(settings.busyTimeout.components.seconds))
        configuration.foreignKeysEnabled = true
        configuration.readonly = isReadOnly
        configuration.journalMode = isReadOnly ? .default : .wal
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
            if isReadOnly { return }
            try queue.writeWithoutTransaction { try $0.execute(sql: Self.writerPragmas) }
        } catch {
            throw DatabaseError(sqlite: error)
        }
    }

    /// The library sets NORMAL when it turns on WAL, whatever was configured; a commit must survive a power cut. Savepoints are
    /// undone from memory, not from a temporary file each. The log is folded back every 4 MiB, which takes a few milliseconds
    /// that all writers wait; rarer is hardly less work, and they wait longer.
    private static let writerPragmas = """
        PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 1024
        """

    /// Runs `work` on the connection's own queue, later.
    func enqueue(_ work: @escaping @Sendable (SQLiteSession) -> Void) {
        queue.asyncWriteWithoutTransaction { [statements] in work(SQLiteSession(connection: $0, statements: statements))
        }
    }

    /// Runs `body` on this thread.
    ///
    /// - Throws: `DatabaseError`, or what the closure throws.
    func read<T>(_ snapshot: Snapshot, _ body: (SQLiteSession) throws -> T) throws -> T {
        // The library's own `read` parses three statements around each closure, which costs more than most of our queries.
        try queue.unsafeRead { connection in
            let session = SQLiteSession(connection: connection, statements: statements)
            if snapshot == .perStatement { return try body(session) }
            _ = try session.execute("BEGIN", [])
            // A reader's transaction has nothing to keep: however it went, it is just let go.
            defer { session.endReading() }
            return try body(session)
        }
    }

    /// Lets go of the file, once nobody uses it any more.
    ///
    /// - Throws: `DatabaseError`.
    func close() throws(DatabaseError) {
        queue.unsafeRead { _ in statements.forgetAll() }
        do { try queue.close() } catch { throw DatabaseError(sqlite: error) }
    }
}
