/// Wakes a consumer once, at a time of its own; a new time takes the place of the one before.
final class WakeAlarm {
    private let continuation: AsyncStream<Void>.Continuation
    private var waiting: Task<Void, Never>?

    init(_ continuation: AsyncStream<Void>.Continuation) {
        self.continuation = continuation
    }

    deinit { waiting?.cancel() }

    /// Wakes after a time; never when it is nil.
    func set(after wait: Duration?) {
        waiting?.cancel()
        waiting = wait.map { wait in
            Task { [continuation] in
                do { try await Task.sleep(for: wait) } catch { return }
                continuation.yield()
            }
        }
    }
}
