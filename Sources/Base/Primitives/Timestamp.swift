/// A moment of wall time in whole milliseconds since 1970-01-01T00:00:00Z, leap seconds ignored as in Unix time.
package struct Timestamp: Sendable, Hashable, Comparable {
    /// Milliseconds since the Unix epoch; negative before it.
    package let millisecondsSinceEpoch: Int64

    /// Makes a moment from milliseconds since the Unix epoch.
    package init(millisecondsSinceEpoch: Int64) {
        self.millisecondsSinceEpoch = millisecondsSinceEpoch
    }

    /// Whole seconds since the Unix epoch, rounded towards the past.
    package var secondsSinceEpoch: Int64 {
        CivilTime.floorDivide(millisecondsSinceEpoch, by: 1000)
    }

    /// Orders moments by time.
    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.millisecondsSinceEpoch < right.millisecondsSinceEpoch
    }

    /// The moment `duration` later, parts of a millisecond dropped.
    package static func + (moment: Timestamp, duration: Duration) -> Timestamp {
        Timestamp(millisecondsSinceEpoch: moment.millisecondsSinceEpoch + duration.wholeMilliseconds)
    }

    /// The moment `duration` earlier, parts of a millisecond dropped.
    package static func - (moment: Timestamp, duration: Duration) -> Timestamp {
        Timestamp(millisecondsSinceEpoch: moment.millisecondsSinceEpoch - duration.wholeMilliseconds)
    }

    /// The time from `earlier` to `later`; negative when they are the other way round.
    package static func - (later: Timestamp, earlier: Timestamp) -> Duration {
        .milliseconds(later.millisecondsSinceEpoch - earlier.millisecondsSinceEpoch)
    }
}
