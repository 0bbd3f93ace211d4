package import Primitives

/// Sums over a workspace's calls in a span of time (facts section 7.4).
package struct CallStats: Sendable, Equatable {
    /// The sums of one hour or day.
    package struct Slot: Sendable, Equatable {
        /// Its first moment.
        package let start: Timestamp
        /// Calls that began in it and have ended: the sum of the three below.
        package var total: Int64 = 0
        /// Those of them to the workspace's numbers; the others are outbound.
        package var inbound: Int64 = 0
        /// Ended after an answer.
        package var completed: Int64 = 0
        /// Ended without one: busy, nobody there, or hung up before.
        package var missed: Int64 = 0
        /// Ended by the network's fault or ours, or refused.
        package var failed: Int64 = 0
        /// What they cost.
        package var spendMinor: Int64 = 0
    }

    /// Calls that began in the span, live ones too.
    package let total: Int64
    /// Those that ended without an answer, for whatever reason.
    package let failed: Int64
    /// Answered time in seconds.
    package let seconds: Int64
    /// What they cost.
    package let spendMinor: Int64
    /// Hour by hour or day by day, oldest first, empty ones too; nil when nobody asked.
    package let series: [Slot]?
}
