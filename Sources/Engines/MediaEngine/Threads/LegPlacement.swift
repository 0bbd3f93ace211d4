import Synchronization

/// Which legs are where: changes come one after another, so that two legs that are bridged to each other from both ends do not
/// pass each other on the way.
final class LegPlacement: Sendable {
    private let turn = Mutex<Void>(())
    private let lastID = Atomic<Int>(0)

    func newID() -> Int {
        lastID.add(1, ordering: .relaxed).newValue
    }

    func change(_ work: () -> Void) {
        turn.withLock { _ in work() }
    }
}
