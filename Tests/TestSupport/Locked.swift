import Synchronization

/// A value behind a lock, for what tests collect from other threads.
package final class Locked<Value: Sendable>: Sendable {
    private let value: Mutex<Value>

    /// Keeps `value` behind a lock.
    package init(_ value: Value) {
        self.value = Mutex(value)
    }

    /// Reads or changes the value.
    package func withLock<R: Sendable>(_ body: (inout Value) throws -> R) rethrows -> R {
        try value.withLock { value in try body(&value) }
    }
}

extension Locked<Bool> {
    /// Sets false and returns what was there.
    package func exchange() -> Bool {
        withLock { value in
            defer { value = false }
            return value
        }
    }
}
