import Dispatch
import Synchronization

/// Does something later, unless it is let go before.
///
/// Calls have limits of hours and last for minutes. A task that sleeps would not do: what wakes it stays in memory until it is due, even
/// when the task was cancelled long before. Of this nothing is left once it is let go.
final class CallTimer {
    private final class Bell: Sendable {
        let hasRung = Atomic(false)
    }

    private let source = DispatchSource.makeTimerSource()
    private let bell = Bell()

    /// - Parameter ring: called once, on any thread.
    init(after wait: Duration, _ ring: @escaping @Sendable () -> Void) {
        let (seconds, attoseconds) = wait.components
        source.schedule(deadline: .now() + .seconds(Int(seconds)) + .nanoseconds(Int(attoseconds / 1_000_000_000)))
        source.setEventHandler { [bell] in
            bell.hasRung.store(true, ordering: .relaxed)
            ring()
        }
        source.resume()
    }

    deinit { source.cancel() }

    /// Whether it has done what it was made for.
    var isOver: Bool { bell.hasRung.load(ordering: .relaxed) }
}
