import Primitives
import Synchronization

/// The bank behind its lock, with the clock that it is asked at.
final class MPesaVault: Sendable {
    private let bank: Mutex<MPesaBank>
    private let clock: any WallClock

    init(_ bank: MPesaBank, clock: any WallClock) {
        self.bank = Mutex(bank)
        self.clock = clock
    }

    /// Asks or changes the bank now.
    func open<R: Sendable, E: Error>(_ body: (inout MPesaBank, Timestamp) throws(E) -> R) throws(E) -> R {
        let now = clock.now()
        return try bank.withLock { bank throws(E) in try body(&bank, now) }
    }
}
