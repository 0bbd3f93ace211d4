/// When a failed webhook is tried again (facts section 12.6): nominal waits with full jitter, eight attempts in all.
package enum RetrySchedule {
    /// The nominal wait after each failed attempt.
    package static let waits: [Duration] = [
        .seconds(30), .seconds(120), .seconds(600), .seconds(1800), .seconds(7200), .seconds(21_600), .seconds(86_400),
    ]

    /// Attempts before a delivery is given up.
    package static var attempts: Int { waits.count + 1 }

    /// The wait after attempt number `attempt`, or nil when that was the last.
    ///
    /// - Parameter random: 64 random bits: the wait is uniform between zero and the nominal one.
    package static func wait(afterAttempt attempt: Int, random: UInt64) -> Duration? {
        guard waits.indices.contains(attempt - 1) else { return nil }
        let longest = UInt64(waits[attempt - 1].components.seconds) * 1000
        return .milliseconds(Int64(random.multipliedFullWidth(by: longest + 1).high))
    }
}
