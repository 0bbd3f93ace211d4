import Synchronization

/// Hands wake-ups to the listeners of this process; several that nobody has taken yet become one.
final class NotificationHub: Sendable {
    private struct State {
        var nextID = 0
        var listeners: [String: [Int: AsyncStream<Void>.Continuation]] = [:]
        /// Wake-ups of a channel, and of all.
        var counts: [String: Int] = [:]
        var countOfAll = 0
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
        let woken = state.withLock { state in
            channels.flatMap { channel in
                state.counts[channel, default: 0] += 1
                return state.listeners[channel, default: [:]].values
            }
        }
        for listener in woken { listener.yield() }
    }

    /// Wakes everybody: after a lost connection nobody knows what was missed.
    func wakeAll() {
        let woken = state.withLock { state in
            state.countOfAll += 1
            return state.listeners.values.flatMap(\.values)
        }
        for listener in woken { listener.yield() }
    }

    /// A number that grows with each wake-up of the channel.
    func count(of channel: String) -> Int {
        state.withLock { $0.counts[channel, default: 0] + $0.countOfAll }
    }

    func finish() {
        let all = state.withLock { state in
            defer { state.listeners = [:] }
            return state.listeners.values.flatMap(\.values)
        }
        for listener in all { listener.finish() }
    }
}
