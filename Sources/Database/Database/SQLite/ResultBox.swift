import Synchronization

/// Carries a writer's result from the connection's thread to the task that waits for the commit.
final class ResultBox<T: Sendable>: Sendable {
    private let stored = Mutex<T?>(nil)

    var value: T? {
        get { stored.withLock { $0 } }
        set { stored.withLock { $0 = newValue } }
    }
}
