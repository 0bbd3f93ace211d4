import NIOCore
import Synchronization

/// The way to a socket's event loop: what is sent waits here, however late the loop comes.
final class SocketSender: Sendable {
    private struct State {
        var outbox: SocketOutbox
        var isWaking = false
        var isClosed = false
        var sent = 0
    }

    private let state: Mutex<State>

    init(maxBytes: Int, maxMessages: Int) {
        state = Mutex(State(outbox: SocketOutbox(maxBytes: maxBytes, maxMessages: maxMessages)))
    }

    /// Messages that went to the connection.
    var sent: Int { state.withLock { $0.sent } }

    /// Perishable messages that were dropped because the peer is slow.
    var dropped: Int { state.withLock { $0.outbox.dropped } }

    /// Keeps a message for the event loop.
    ///
    /// - Parameter wake: called when the loop has to be told that there is something.
    /// - Returns: false when the socket is closed, or when there is no room.
    func add(_ message: OutgoingSocketMessage, wake: () -> Void) -> Bool {
        let (isTaken, wakes) = state.withLock { state in
            guard !state.isClosed, state.outbox.add(message) else { return (false, false) }
            defer { state.isWaking = true }
            return (true, !state.isWaking)
        }
        if wakes { wake() }
        return isTaken
    }

    /// The next message, asked for on the event loop until there is none.
    func next() -> OutgoingSocketMessage? {
        state.withLock { state in
            let message = state.outbox.next()
            if message == nil { state.isWaking = false } else { state.sent += 1 }
            return message
        }
    }

    /// Takes nothing more.
    func close() {
        state.withLock { $0.isClosed = true }
    }
}
