import Dispatch
import Synchronization

/// A fixed number of connections, handed out to one task at a time; those who wait are served in order.
final class PostgresPool: Sendable {
    private struct State {
        var idle: [PostgresConnection]
        var waiting: [CheckedContinuation<PostgresConnection, any Error>] = []
        var isClosed = false
    }

    private let state: Mutex<State>
    private let queueLimit: Int

    init(url: String, settings: DatabaseSettings) {
        let connections = (0..<settings.poolSize).map {
            PostgresConnection(url: url, settings: settings, label: "\($0)")
        }
        state = Mutex(State(idle: connections))
        queueLimit = settings.writeQueueLimit
    }

    /// Runs `work` on a connection's own queue, where it may block.
    func with<T: Sendable>(_ work: @escaping @Sendable (PostgresConnection) throws -> T) async throws -> T {
        let connection = try await acquire()
        defer { release(connection) }
        return try await withCheckedThrowingContinuation { continuation in
            connection.queue.async {
                continuation.resume(with: Result { try work(connection) })
            }
        }
    }

    /// Refuses all later work and tells those who wait.
    func close() {
        let waiting = state.withLock { state in
            state.isClosed = true
            state.idle = []
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume(throwing: Self.closed) }
    }

    private static let closed = DatabaseError.unavailable("the database is closed")

    private func acquire() async throws -> PostgresConnection {
        try await withCheckedThrowingContinuation { continuation in
            let outcome: Result<PostgresConnection, any Error>? = state.withLock { state in
                if state.isClosed { return .failure(Self.closed) }
                // The connection used last is the warmest, and most likely to be alive.
                if let connection = state.idle.popLast() { return .success(connection) }
                if state.waiting.count >= queueLimit {
                    return .failure(DatabaseError.unavailable("\(queueLimit) tasks wait for a connection already"))
                }
                state.waiting.append(continuation)
                return nil
            }
            if let outcome { continuation.resume(with: outcome) }
        }
    }

    private func release(_ connection: PostgresConnection) {
        let next = state.withLock { state -> CheckedContinuation<PostgresConnection, any Error>? in
            if !state.waiting.isEmpty { return state.waiting.removeFirst() }
            if !state.isClosed { state.idle.append(connection) }
            return nil
        }
        next?.resume(returning: connection)
    }
}
