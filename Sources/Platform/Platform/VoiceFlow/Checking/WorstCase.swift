import Ledger

/// The longest run of a document, with what it can cost.
package struct WorstCase: Sendable, Equatable {
    /// One leg's cost.
    package struct Leg: Sendable, Equatable {
        /// Who is called, and for how long.
        package let leg: LongestRun.Leg
        /// The price of a minute in minor units; nil when there is none, or none is known here.
        package let ratePerMinuteMinor: Int64?

        /// What it can cost, in minor units.
        package var costMinor: Int64? {
            ratePerMinuteMinor.map {
                Rating.cost(seconds: leg.longest.components.seconds, ratePerMinuteMinor: $0)
            }
        }
    }

    /// The time, and whom it calls.
    package let run: LongestRun
    /// The legs with their prices.
    package let legs: [Leg]

    /// What all calls that it places can cost together, in minor units: of each `dial` the dearest leg, since one is
    /// connected. Nil when one has no price. The call that the document belongs to is not in it, nor are devices.
    package var costMinor: Int64? {
        var dearest: [String: Int64] = [:]
        for leg in legs where leg.leg.kind != .device {
            guard let cost = leg.costMinor else { return nil }
            dearest[leg.leg.path] = max(cost, dearest[leg.leg.path] ?? 0)
        }
        return dearest.values.reduce(0, +)
    }

    /// For people and programs.
    package var json: JSONValue {
        [
            "seconds": .integer(run.length.components.seconds), "open_ended": .bool(run.isOpenEnded),
            "estimated": .bool(run.isEstimated), "cost_minor": costMinor.map { .integer($0) } ?? .null,
            "currency": "KES",
            "legs": .array(
                legs.map { leg in
                    [
                        "path": .string(leg.leg.path), "to": .string(leg.leg.to),
                        "seconds": .integer(leg.leg.longest.components.seconds),
                        "rate_per_minute_minor": leg.ratePerMinuteMinor.map { .integer($0) } ?? .null,
                        "cost_minor": leg.costMinor.map { .integer($0) } ?? .null,
                    ]
                }
            ),
        ]
    }
}
