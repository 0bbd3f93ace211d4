import Foundation
import GRDB

/// SQLite through GRDB's pool: readers on snapshots of the write-ahead log, one writer that groups commits.
final class SQLiteDriver: DatabaseDriver {
    private let pool: DatabasePool
    private let texts = SQLiteTexts()
    private let committer: GroupCommitter

    init(path: String, settings: DatabaseSettings) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(TimeInterval(settings.busyTimeout.components.seconds))
        configuration.maximumReaderCount = settings.poolSize
        configuration.foreignKeysEnabled = true
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
            // The pool itself sets NORMAL when it turns on WAL, whatever was configured; a commit must survive a power cut.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        } catch {
            throw DatabaseError(sqlite: error)
        }
        committer = GroupCommitter(pool: pool, texts: texts, settings: settings)
    }

    var dialect: Dialect { .sqlite }

    func read<T: Sendable>(_ body: @escaping @Sendable (SQLTransaction) throws -> T) async throws -> T {
        try readHere(body)
    }

    /// On the caller's thread: a read of a local file takes microseconds, two hops between threads many more.
    private func readHere<T>(_ body: (SQLTransaction) throws -> T) throws -> T {
        do {
            return try pool.read { connection in
                let session = SQLiteSession(connection: connection, texts: texts)
                return try body(SQLTransaction(session: session, outbox: NotificationOutbox()))
            }
        } catch let error as GRDB.DatabaseError {
            throw DatabaseError(sqlite: error)
        }
    }

    func write<T: Sendable>(
        isolation: Isolation,
        _ body: @escaping @Sendable (SQLTransaction) throws -> T
    ) async throws -> (T, Set<String>) {
        let result = ResultBox<T>()
        let channels: Set<String> = try await withCheckedThrowingContinuation { continuation in
            committer.submit(
                WriteRequest(
                    run: { result.value = try body($0) },
                    finish: { failure, channels in
                        if let failure {
                            continuation.resume(throwing: failure)
                        } else {
                            continuation.resume(returning: channels)
                        }
                    }
                )
            )
        }
        guard let value = result.value else { throw DatabaseError.statement("a committed writer left no result") }
        return (value, channels)
    }

    func migrate(_ body: @escaping @Sendable (SQLTransaction) throws -> Void) async throws {
        _ = try await write(isolation: .serializable, body)
    }

    func close() async {
        committer.close()
        // Whoever still reads is let finish; the file is left in order either way.
        do { try pool.close() } catch { _ = error }
    }
}
