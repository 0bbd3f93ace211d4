import Foundation
import Synchronization

/// Gathers concurrent writers into one transaction, so that they share one wait for the disk.
///
/// Those that come while a batch runs form the next one; `CommitPacing` says when it begins.
final class GroupCommitter: Sendable {
    private struct State {
        var waiting: [WriteRequest] = []
        var isRunning = false
        var isClosed = false
    }

    private let writer: SQLiteConnection
    private let settings: DatabaseSettings
    private let state = Mutex(State())
    private let pacing: Mutex<CommitPacing>

    init(writer: SQLiteConnection, settings: DatabaseSettings) {
        self.writer = writer
        self.settings = settings
        pacing = Mutex(CommitPacing(interval: settings.commitInterval))
    }

    /// Queues a writer; its `finish` is called on the writer's thread.
    func submit(_ request: WriteRequest) {
        let (refusal, starts) = state.withLock { state -> (DatabaseError?, Bool) in
            if state.isClosed { return (.unavailable("the database is closed"), false) }
            if state.waiting.count >= settings.writeQueueLimit {
                return (.unavailable("\(settings.writeQueueLimit) writers are waiting already"), false)
            }
            state.waiting.append(request)
            defer { state.isRunning = true }
            return (nil, !state.isRunning)
        }
        if let refusal { request.finish(refusal, []) }
        if starts { writer.enqueue { self.drain($0) } }
    }

    /// Refuses all later writers; those that wait are still served.
    func close() {
        state.withLock { $0.isClosed = true }
    }

    private func drain(_ session: SQLiteSession) {
        while true {
            let waited = pause()
            guard let batch = nextBatch() else { return }
            run(batch, in: session)
            pacing.withLock { $0.took(batch.count, waited: waited, at: .now) }
        }
    }

    /// Waits for company, if it is time for that, and says how long.
    private func pause() -> Duration {
        var waited = Duration.zero
        while let wait = pacing.withLock({ $0.wait(for: waitingCount, at: .now) }) {
            Thread.sleep(forTimeInterval: wait / .seconds(1))
            waited += wait
        }
        return waited
    }

    private var waitingCount: Int { state.withLock { $0.waiting.count } }

    private func nextBatch() -> [WriteRequest]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isRunning = false
                return nil
            }
            let batch = Array(state.waiting.prefix(settings.groupCommitLimit))
            state.waiting.removeFirst(batch.count)
            return batch
        }
    }

    private func run(_ batch: [WriteRequest], in session: SQLiteSession) {
        var waiting = batch
        do {
            if try !attempt(&waiting, in: session, isGuarded: false) {
                _ = try session.execute("ROLLBACK", [])
                _ = try attempt(&waiting, in: session, isGuarded: true)
            }
        } catch {
            abandon(waiting, because: error, in: session)
        }
    }

    /// Runs and commits the writers, and tells them; those that are told leave `waiting`.
    ///
    /// - Parameter isGuarded: whether each has a savepoint, so that one that fails takes nothing else with it. Hardly any
    ///   fails after it wrote, so that is tried without first.
    /// - Returns: false when one failed after it wrote, and nothing stood guard: all must be undone and run again.
    private func attempt(_ waiting: inout [WriteRequest], in session: SQLiteSession, isGuarded: Bool) throws -> Bool {
        _ = try session.execute("BEGIN IMMEDIATE", [])
        var done: [Set<String>] = []
        while done.count < waiting.count {
            session.statements.hasWritten = false
            do {
                done.append(try run(waiting[done.count], in: session, isGuarded: isGuarded))
            } catch {
                // SQLite may have rolled everything back by itself (disk full): no neighbour can be committed then.
                guard session.isInsideTransaction else { throw error }
                if !isGuarded, waiting.count > 1, session.statements.hasWritten { return false }
                waiting.remove(at: done.count).finish(error, [])
            }
        }
        _ = try session.execute(done.isEmpty ? "ROLLBACK" : "COMMIT", [])
        for (request, channels) in zip(waiting, done) { request.finish(nil, channels) }
        waiting = []
        return true
    }

    /// Rolls back what is left of a batch and tells each of its writers.
    private func abandon(_ requests: [WriteRequest], because error: any Error, in session: SQLiteSession) {
        var reason = error
        if session.isInsideTransaction {
            do { _ = try session.execute("ROLLBACK", []) } catch { reason = error }
        }
        for request in requests { request.finish(reason, []) }
    }

    private func run(_ request: WriteRequest, in session: SQLiteSession, isGuarded: Bool) throws -> Set<String> {
        let outbox = NotificationOutbox()
        let transaction = SQLTransaction(session: session, outbox: outbox)
        guard isGuarded else {
            try request.run(transaction)
            return outbox.channels
        }
        _ = try session.execute("SAVEPOINT writer", [])
        do {
            try request.run(transaction)
            _ = try session.execute("RELEASE writer", [])
        } catch {
            if session.isInsideTransaction {
                _ = try session.execute("ROLLBACK TO writer", [])
                _ = try session.execute("RELEASE writer", [])
            }
            throw error
        }
        return outbox.channels
    }
}
