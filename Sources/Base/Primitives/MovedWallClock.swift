/// Another clock, ahead of it or behind by a fixed time.
package struct MovedWallClock: WallClock {
    private let base: any WallClock
    private let offset: Duration

    /// Makes a clock that shows `offset` more than `base`.
    package init(_ base: any WallClock, by offset: Duration) {
        self.base = base
        self.offset = offset
    }

    /// The base's moment, and the offset.
    package func now() -> Timestamp {
        base.now() + offset
    }
}
