import Synchronization

/// Hands wake-ups to the listeners of this process; several that nobody has taken yet become one.
final class NotificationHub: Sendable {
    private struct State {
        var nextID = 0
        var listeners: [String: [Int: AsyncStream<Void>.Continuation]] = [:]
    }

    private let state = Mutex(State())

    func listen(_ channel: String) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = state.withLock { state in
            state.nextID += 1
            state.listeners[channel, default: [:]][state.nextID] = continuation
            return state.nextID
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0.listeners[channel]?.removeValue(forKey: id) }
        }
        return stream
    }

    func wake(_ channels: some Sequence<String>) {
        let woken = state.withLock { state in channels.flatMap { state.listeners[$0, default: [:]].values } }
        for listener in woken { listener.yield() }
    }

    /// Wakes everybody: after a lost connection nobody knows what was missed.
    func wakeAll() {
        let woken = state.withLock { state in state.listeners.values.flatMap(\.values) }
        for listener in woken { listener.yield() }
    }

    func finish() {
        let all = state.withLock { state in
            defer { state.listeners = [:] }
            return state.listeners.values.flatMap(\.values)
        }
        for listener in all { listener.finish() }
    }
}
