/// What came of the connections at a door.
package struct ConnectionCounters: Sendable, Equatable {
    /// Those that are open now.
    package internal(set) var open = 0
    /// Those that got a leg.
    package internal(set) var taken: UInt64 = 0
    /// Those beyond the limits.
    package internal(set) var refused: UInt64 = 0
    /// Those that did not show in time whose they are, or went before.
    package internal(set) var silent: UInt64 = 0
    /// Those whose first packet was none for any leg.
    package internal(set) var strange: UInt64 = 0

    /// Counts nothing yet.
    package init() {}
}
