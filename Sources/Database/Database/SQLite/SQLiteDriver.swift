/// SQLite through GRDB's connections: readers on snapshots of the write-ahead log, one writer that groups commits.
final class SQLiteDriver: DatabaseDriver {
    private let writer: SQLiteConnection
    private let readers: SQLiteReaders
    private let committer: GroupCommitter

    init(path: String, settings: DatabaseSettings) throws(DatabaseError) {
        writer = try SQLiteConnection(path: path, settings: settings, isReadOnly: false)
        readers = SQLiteReaders(path: path, settings: settings)
        committer = GroupCommitter(writer: writer, settings: settings)
    }

    var dialect: Dialect { .sqlite }

    func read<T: Sendable>(
        _ snapshot: Snapshot,
        _ body: @escaping @Sendable (SQLTransaction) throws -> T
    ) async throws -> T {
        try readers.read(snapshot) { try body(SQLTransaction(session: $0, outbox: NotificationOutbox())) }
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
        readers.close()
        // Writers that wait are served first; the file is left in order either way, and the next to open it recovers.
        do { try writer.close() } catch { _ = error }
    }
}
