/// A calendar month of a place that keeps one offset from UTC all year, as Kenya does.
package struct CivilMonth: Sendable, Equatable {
    /// Its first moment.
    package let start: Timestamp
    /// The first moment of the next month.
    package let end: Timestamp
    /// How many days it has.
    package let dayCount: Int64

    private let offset: Duration

    /// The month that a moment is in.
    ///
    /// - Parameter offset: east of UTC; three hours for Nairobi.
    package init(containing moment: Timestamp, offset: Duration) {
        let local = CivilTime(moment + offset)
        dayCount = CivilTime.days(in: local.month, of: local.year)
        var first = local
        (first.day, first.millisecondOfDay) = (1, 0)
        start = first.timestamp - offset
        end = start + .milliseconds(dayCount * CivilTime.millisecondsPerDay)
        self.offset = offset
    }

    /// The days from the one that a moment of this month is in to the month's last, both counted.
    package func daysLeft(at moment: Timestamp) -> Int64 {
        dayCount - CivilTime(moment + offset).day + 1
    }
}
