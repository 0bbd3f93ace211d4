import Synchronization

/// A value that becomes known once, such as the port that the system chose; whoever waits gets it then.
package final class Announcement<Value: Sendable>: Sendable {
    private enum State {
        case unknown([AsyncStream<Value>.Continuation])
        case known(Value)
    }

    private let state = Mutex(State.unknown([]))

    /// Makes one that is not known yet.
    package init() {}

    /// Makes it known; only the first time counts.
    package func announce(_ value: Value) {
        let waiting = state.withLock { state -> [AsyncStream<Value>.Continuation] in
            guard case .unknown(let waiting) = state else { return [] }
            state = .known(value)
            return waiting
        }
        for continuation in waiting {
            continuation.yield(value)
            continuation.finish()
        }
    }

    /// The value, if it is known already.
    package var known: Value? {
        if case .known(let value) = state.withLock({ $0 }) { value } else { nil }
    }

    /// The value as soon as it is known.
    ///
    /// - Throws: `CancellationError` when the task is cancelled before.
    package func value() async throws -> Value {
        if case .known(let value) = state.withLock({ $0 }) { return value }
        let (stream, continuation) = AsyncStream.makeStream(of: Value.self)
        let known = state.withLock { state -> Value? in
            switch state {
            case .known(let value): return value
            case .unknown(let waiting):
                state = .unknown(waiting + [continuation])
                return nil
            }
        }
        if let known { return known }
        for await value in stream { return value }
        throw CancellationError()
    }
}
