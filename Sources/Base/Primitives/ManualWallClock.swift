import Synchronization

/// A clock that stands still until it is told to move, for tests.
package final class ManualWallClock: WallClock {
    private let moment: Mutex<Timestamp>

    /// Makes a clock that shows `start`; the default is the moment of the seed's examples, 2026-06-27T10:00:00Z.
    package init(_ start: Timestamp = Timestamp(millisecondsSinceEpoch: 1_782_554_400_000)) {
        moment = Mutex(start)
    }

    /// The moment the clock was last set to.
    package func now() -> Timestamp {
        moment.withLock { $0 }
    }

    /// Moves the clock forward, or back by a negative duration.
    package func advance(by duration: Duration) {
        moment.withLock { $0 = $0 + duration }
    }
}
