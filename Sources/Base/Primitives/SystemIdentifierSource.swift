import Synchronization

/// Identifiers from the machine's clock and its cryptographic random generator.
package final class SystemIdentifierSource: IdentifierSource {
    private struct State {
        var order = IdentifierOrder()
        var random = RandomReserve()
    }

    private let clock: any WallClock
    private let state = Mutex(State())

    /// Makes a source; identifiers carry `clock`'s time.
    package init(clock: any WallClock = SystemWallClock()) {
        self.clock = clock
    }

    /// A new identifier, later than every earlier one of this source even within one millisecond.
    package func next() -> Identifier {
        state.withLock { state in
            let random = (state.random.next(), state.random.next())
            return state.order.next(at: clock.now(), random: random)
        }
    }

    /// Bytes of the system's cryptographic generator.
    package func secret(byteCount: Int) -> [UInt8] {
        state.withLock { state in
            (0..<byteCount).map { _ in UInt8(truncatingIfNeeded: state.random.next()) }
        }
    }
}
