import Foundation
import Primitives

/// What a number's rental costs in a year, reckoned as a person would with a calendar: nothing of the product is in it.
struct RentalYear: Sendable {
    /// Money out of the wallet or back into it.
    struct Movement: Equatable, Comparable {
        let moment: Timestamp
        let amountMinor: Int64

        static func < (left: Movement, right: Movement) -> Bool {
            (left.moment, left.amountMinor) < (right.moment, right.amountMinor)
        }
    }

    /// A day of Nairobi's calendar.
    private struct Day {
        let month: Int
        let day: Int
        let daysInMonth: Int
        /// Days from here to the first of the next month.
        var toNextMonth: Int { daysInMonth - day + 1 }
    }

    let e164: String
    let claimedAt: Timestamp
    let releasedAt: Timestamp?

    init(e164: String, claimedAt: Timestamp, releasedAt: Timestamp?) {
        self.e164 = e164
        self.claimedAt = claimedAt
        self.releasedAt = releasedAt
    }

    /// Claimed some time in the first 300 days, and given back later or never; each at a moment of its own.
    init(number: Int, from start: Timestamp, random: inout SplitMix64) {
        e164 = "+25420090000\(number + 1)"
        let claim = Int64.random(in: 1..<300 * 86_400_000, using: &random)
        claimedAt = start + .milliseconds(claim)
        let release = Int64.random(in: claim + 1..<364 * 86_400_000, using: &random)
        releasedAt = Bool.random(using: &random) ? start + .milliseconds(release) : nil
    }

    /// All movements before a moment.
    func movements(until end: Timestamp) -> [Movement] {
        let first = Self.day(of: claimedAt)
        var movements = [
            Movement(moment: claimedAt, amountMinor: -Self.price(first.toNextMonth, of: first.daysInMonth))
        ]
        var next = Self.midnight(after: claimedAt, days: first.toNextMonth)
        while next < min(releasedAt ?? end, end) {
            movements.append(Movement(moment: next, amountMinor: -(100_00 + 16_00)))
            next = Self.midnight(after: next, days: Self.day(of: next).daysInMonth)
        }
        if let releasedAt {
            let last = Self.day(of: releasedAt)
            let back = Self.price(last.toNextMonth - 1, of: last.daysInMonth)
            if back > 0 { movements.append(Movement(moment: releasedAt, amountMinor: back)) }
        }
        return movements
    }

    /// KES 100 by the day, and 16 % of that, each to the cent.
    private static func price(_ days: Int, of daysInMonth: Int) -> Int64 {
        let net = rounded(Decimal(100_00) * Decimal(days) / Decimal(daysInMonth))
        return net + rounded(Decimal(net) * Decimal(16) / 100)
    }

    private static func rounded(_ amount: Decimal) -> Int64 {
        var (exact, whole) = (amount, Decimal())
        unsafe NSDecimalRound(&whole, &exact, 0, .plain)
        return NSDecimalNumber(decimal: whole).int64Value
    }

    /// Nairobi's days since 1970; it is three hours ahead all year.
    private static func dayNumber(_ moment: Timestamp) -> Int64 {
        (moment.millisecondsSinceEpoch + 3 * 3_600_000) / 86_400_000
    }

    private static func midnight(after moment: Timestamp, days: Int) -> Timestamp {
        Timestamp(millisecondsSinceEpoch: (dayNumber(moment) + Int64(days)) * 86_400_000 - 3 * 3_600_000)
    }

    private static func day(of moment: Timestamp) -> Day {
        // 1 June 2026 was day 20,605; no leap year is near.
        var rest = Int(dayNumber(moment)) - 20_605
        var month = 6
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        while rest >= lengths[month - 1] {
            rest -= lengths[month - 1]
            month = month % 12 + 1
        }
        return Day(month: month, day: rest + 1, daysInMonth: lengths[month - 1])
    }
}
