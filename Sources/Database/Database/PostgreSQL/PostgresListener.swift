import Foundation
import Glibc
import Logging
import Synchronization

/// A connection that only listens, on a thread of its own; when it is lost it is made anew and everybody is woken once.
///
/// The thread keeps this alive, and nothing else of the database, so the database's own end is what stops it.
final class PostgresListener: Sendable {
    private struct State {
        var mustStop = false
        var hasEnded = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    /// All channels travel over one of PostgreSQL, named in the payload, so that LISTEN is said once.
    private let connection: PostgresConnection
    private let hub: NotificationHub
    private let logger: Logger
    private let state = Mutex(State())
    /// What the thread looks at beside the connection.
    private let stopSignal = StopSignal()

    init(url: String, settings: DatabaseSettings, hub: NotificationHub, logger: Logger) {
        connection = PostgresConnection(url: url, settings: settings, label: "listener")
        self.hub = hub
        self.logger = logger
    }

    /// Begins on a thread that nothing else needs: one of a queue's would be kept from it for ever, and of those there are
    /// at most 255. To be called once.
    func start() {
        let thread = Thread { self.run() }
        thread.name = "pg-listener"
        thread.start()
    }

    /// Asks the thread to end, at once unless it is connecting.
    func stop() {
        state.withLock { $0.mustStop = true }
        stopSignal.raise()
    }

    /// Returns when the thread has ended.
    func ended() async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if !state.hasEnded { state.waiting.append(continuation) }
                return state.hasEnded
            }
            if isOver { continuation.resume() }
        }
    }

    private var mustStop: Bool { state.withLock { $0.mustStop } }

    private func run() {
        var failures = 0
        while !mustStop {
            do {
                try connection.connect()
                try connection.command("LISTEN sautikit")
                failures = 0
                hub.wakeAll()
                listen()
            } catch {
                if failures == 0 {
                    logger.warning("notifications from PostgreSQL are lost", metadata: ["error": "\(error)"])
                }
                failures += 1
                wait(on: -1, milliseconds: min(50 << Int32(min(failures, 6)), 2000))
            }
        }
        connection.disconnect()
        let waiting = state.withLock { state in
            state.hasEnded = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Waits for news until the connection is lost or it must stop; without a signal it looks up now and then.
    private func listen() {
        while !mustStop {
            wait(on: connection.socket, milliseconds: stopSignal.descriptor < 0 ? 200 : -1)
            guard let channels = connection.takeNotifications() else {
                connection.disconnect()
                return
            }
            if !channels.isEmpty { hub.wake(channels) }
        }
    }

    /// Until there is something to read, it must stop, or the time is over; -1 is no socket, or no end of time.
    private func wait(on socket: Int32, milliseconds: Int32) {
        var descriptors = [stopSignal.descriptor, socket].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        _ = unsafe poll(&descriptors, nfds_t(descriptors.count), milliseconds)
    }
}
