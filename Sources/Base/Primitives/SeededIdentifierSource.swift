import Synchronization

/// Identifiers and secrets that depend only on a seed and a clock, for tests that are replayed. Never for production.
package final class SeededIdentifierSource: IdentifierSource {
    private struct State {
        var random: SplitMix64
        var order = IdentifierOrder()
    }

    private let clock: any WallClock
    private let state: Mutex<State>

    /// Makes a source; the same seed and clock readings give the same values.
    package init(seed: UInt64, clock: any WallClock) {
        self.clock = clock
        state = Mutex(State(random: SplitMix64(seed: seed)))
    }

    /// The next identifier of the seed's sequence.
    package func next() -> Identifier {
        state.withLock { state in
            let random = (state.random.next(), state.random.next())
            return state.order.next(at: clock.now(), random: random)
        }
    }

    /// The next bytes of the seed's sequence.
    package func secret(byteCount: Int) -> [UInt8] {
        state.withLock { state in
            (0..<byteCount).map { _ in UInt8.random(in: .min ... .max, using: &state.random) }
        }
    }
}
