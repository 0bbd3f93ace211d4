import Synchronization

/// Messages between the event loop, which reads them, and the one task that takes them; and how the socket ended.
final class SocketInbox: Sendable {
    private typealias Reader = CheckedContinuation<SocketMessage?, Never>
    private typealias Watcher = CheckedContinuation<SocketClosure, Never>

    private struct State {
        var unread: UnreadMessages
        var reader: Reader?
        var watchers: [Watcher] = []
        var closure: SocketClosure?
    }

    private let state: Mutex<State>

    init(maxBytes: Int, maxMessages: Int) {
        state = Mutex(State(unread: UnreadMessages(maxBytes: maxBytes, maxMessages: maxMessages)))
    }

    /// How the socket ended; nil while it has not.
    var closure: SocketClosure? { state.withLock { $0.closure } }

    /// Takes a message from the event loop.
    func put(_ message: SocketMessage) {
        let reader = state.withLock { state -> Reader? in
            let reader = state.reader.take()
            if reader == nil { state.unread.add(message) }
            return reader
        }
        reader?.resume(returning: message)
    }

    /// Whether more may be read now. If not, taking messages will say when.
    func mayRead() -> Bool {
        state.withLock { $0.unread.mayRead() }
    }

    /// Waits for the next message; nil after the last one, or when the task is cancelled.
    ///
    /// - Parameter resume: called when reading, which was stopped, is to go on.
    func take(resume: @Sendable () -> Void) async -> SocketMessage? {
        if let first = state.withLock({ $0.unread.next() }) {
            if first.resumes { resume() }
            return first.message
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { reader in
                let ready = state.withLock { state in
                    Self.begin(reader, &state)
                }
                if ready.resumes { resume() }
                ready.reader?.resume(returning: ready.message)
            }
        } onCancel: {
            state.withLock { $0.reader.take() }?.resume(returning: nil)
        }
    }

    /// Ends the messages: those that are here can still be taken.
    func finish(_ closure: SocketClosure) {
        let waiting = state.withLock { state -> (reader: Reader?, watchers: [Watcher]) in
            guard state.closure == nil else { return (nil, []) }
            state.closure = closure
            defer { state.watchers = [] }
            return (state.reader.take(), state.watchers)
        }
        waiting.reader?.resume(returning: nil)
        for watcher in waiting.watchers { watcher.resume(returning: closure) }
    }

    /// Waits until the socket has ended.
    func waitForClosure() async -> SocketClosure {
        await withCheckedContinuation { watcher in
            let closure = state.withLock { state in
                if state.closure == nil { state.watchers.append(watcher) }
                return state.closure
            }
            if let closure { watcher.resume(returning: closure) }
        }
    }

    /// Lets a reader wait, and tells who need not: the reader itself when there is something by now, or the one before it,
    /// which has no business beside it.
    private static func begin(
        _ reader: Reader,
        _ state: inout State
    ) -> (reader: Reader?, message: SocketMessage?, resumes: Bool) {
        if let first = state.unread.next() { return (reader, first.message, first.resumes) }
        // A task that was cancelled before it waits is not told again.
        if state.closure != nil || Task.isCancelled { return (reader, nil, false) }
        let before = state.reader
        state.reader = reader
        return (before, nil, false)
    }
}
