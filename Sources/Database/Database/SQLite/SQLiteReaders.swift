import Dispatch
import Synchronization

/// Connections that read, opened as they are needed up to a limit, and handed to one thread at a time.
final class SQLiteReaders: Sendable {
    private struct State {
        var idle: [SQLiteConnection] = []
        var isClosed = false
    }

    private let path: String
    private let settings: DatabaseSettings
    private let state = Mutex(State())
    /// A thread waits here while all connections are taken: their holders run to their end without waiting for anything else.
    private let places: DispatchSemaphore

    init(path: String, settings: DatabaseSettings) {
        self.path = path
        self.settings = settings
        places = DispatchSemaphore(value: settings.poolSize)
    }

    /// Runs `body` on this thread: a read of a local file takes microseconds, two hops between threads many more.
    ///
    /// - Throws: `DatabaseError`, or what the closure throws.
    func read<T>(_ snapshot: Snapshot, _ body: (SQLiteSession) throws -> T) throws -> T {
        places.wait()
        defer { places.signal() }
        let connection = try take()
        defer { giveBack(connection) }
        return try connection.read(snapshot, body)
    }

    /// Closes those that nobody uses, and refuses all later reads; whoever still reads is let finish.
    func close() {
        let idle = state.withLock { state in
            defer { state.idle = [] }
            state.isClosed = true
            return state.idle
        }
        for connection in idle { close(connection) }
    }

    private func take() throws(DatabaseError) -> SQLiteConnection {
        let (idle, isClosed) = state.withLock { ($0.idle.popLast(), $0.isClosed) }
        if isClosed { throw .unavailable("the database is closed") }
        if let idle { return idle }
        return try SQLiteConnection(path: path, settings: settings, isReadOnly: true)
    }

    private func giveBack(_ connection: SQLiteConnection) {
        let isClosed = state.withLock { state in
            if !state.isClosed { state.idle.append(connection) }
            return state.isClosed
        }
        if isClosed { close(connection) }
    }

    private func close(_ connection: SQLiteConnection) {
        // Nothing was written here: a file that cannot be closed in order is let go with the connection.
        do { try connection.close() } catch { _ = error }
    }
}
