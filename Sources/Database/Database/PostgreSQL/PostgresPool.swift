import Dispatch
import Synchronization

/// A fixed number of connections, each with a queue that works off jobs; those that find none free wait in order.
final class PostgresPool: Sendable {
    private struct State {
        var idle: [PostgresConnection]
        var waiting: [PostgresJob] = []
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
        try await withCheckedThrowingContinuation { continuation in
            submit(
                PostgresJob(
                    run: { connection in continuation.resume(with: Result { try work(connection) }) },
                    refuse: { continuation.resume(throwing: $0) }
                )
            )
        }
    }

    /// Refuses all later work and what waits.
    func close() {
        let waiting = state.withLock { state in
            state.isClosed = true
            state.idle = []
            defer { state.waiting = [] }
            return state.waiting
        }
        for job in waiting { job.refuse(Self.closed) }
    }

    private static let closed = DatabaseError.unavailable("the database is closed")

    private func submit(_ job: PostgresJob) {
        let (free, refusal) = state.withLock { state -> (PostgresConnection?, DatabaseError?) in
            if state.isClosed { return (nil, Self.closed) }
            // The connection used last is the warmest, and most likely to be alive.
            if let connection = state.idle.popLast() { return (connection, nil) }
            if state.waiting.count >= queueLimit {
                return (nil, .unavailable("\(queueLimit) tasks wait for a connection already"))
            }
            state.waiting.append(job)
            return (nil, nil)
        }
        if let refusal { job.refuse(refusal) }
        if let free { free.queue.async { self.workOff(job, on: free) } }
    }

    /// Does a job and then, without leaving the thread, those that wait.
    private func workOff(_ job: PostgresJob, on connection: PostgresConnection) {
        job.run(connection)
        while let next = nextJob(for: connection) { next.run(connection) }
    }

    private func nextJob(for connection: PostgresConnection) -> PostgresJob? {
        state.withLock { state in
            if !state.waiting.isEmpty { return state.waiting.removeFirst() }
            if !state.isClosed { state.idle.append(connection) }
            return nil
        }
    }
}
