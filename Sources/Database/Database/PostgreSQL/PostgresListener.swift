import Foundation
import Glibc
import Logging
import Synchronization

/// A connection that only listens, on a thread of its own; when it is lost it is made anew and everybody is woken once.
final class PostgresListener: Sendable {
    /// All channels travel over one of PostgreSQL, named in the payload, so that LISTEN is said once.
    private let connection: PostgresConnection
    private let hub: NotificationHub
    private let logger: Logger
    private let isStopped = Mutex(false)

    init(url: String, settings: DatabaseSettings, hub: NotificationHub, logger: Logger) {
        connection = PostgresConnection(url: url, settings: settings, label: "listener")
        self.hub = hub
        self.logger = logger
    }

    /// Begins on a thread that nothing else needs: one of a queue's would be kept from it for ever, and of those there are
    /// at most 255.
    func start() {
        Thread.detachNewThread { self.run() }
    }

    func stop() {
        isStopped.withLock { $0 = true }
    }

    private var mustStop: Bool { isStopped.withLock { $0 } }

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
                usleep(min(50_000 << UInt32(min(failures, 6)), 2_000_000))
            }
        }
        connection.disconnect()
    }

    /// Waits for news until the connection is lost; looks up every 200 ms whether it must stop.
    private func listen() {
        while !mustStop {
            var descriptor = pollfd(fd: connection.socket, events: Int16(POLLIN), revents: 0)
            _ = unsafe poll(&descriptor, 1, 200)
            guard let channels = connection.takeNotifications() else {
                connection.disconnect()
                return
            }
            if !channels.isEmpty { hub.wake(channels) }
        }
    }
}
