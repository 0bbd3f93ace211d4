import Glibc

/// The machine's real-time clock.
package struct SystemWallClock: WallClock {
    /// Makes the machine's clock; it has no state.
    package init() {}

    /// The present moment by `CLOCK_REALTIME`.
    package func now() -> Timestamp {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(millisecondsSinceEpoch: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
