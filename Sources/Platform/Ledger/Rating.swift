/// Exact integer prices: rounded half up, once per charge.
package enum Rating {
    /// The cost of `seconds` at a price per minute: 47 s at 300 minor units is 235 (seed: "per-second billing").
    ///
    /// - Parameters:
    ///   - seconds: answered time; below zero counts as zero.
    ///   - ratePerMinuteMinor: price of a minute in minor units, not negative.
    package static func cost(seconds: Int64, ratePerMinuteMinor: Int64) -> Int64 {
        let (product, overflows) = max(seconds, 0).multipliedReportingOverflow(by: max(ratePerMinuteMinor, 0))
        guard !overflows, product <= Int64.max - 30 else { return Int64.max / 60 }
        return (product + 30) / 60
    }

    /// The longest time that an amount pays for: `cost` of a second more is above it. Nil when there is no price.
    ///
    /// - Parameters:
    ///   - costMinor: minor units, not negative.
    ///   - ratePerMinuteMinor: price of a minute in minor units, not negative.
    package static func seconds(for costMinor: Int64, ratePerMinuteMinor: Int64) -> Int64? {
        guard ratePerMinuteMinor > 0 else { return nil }
        let (product, overflows) = costMinor.multipliedReportingOverflow(by: 60)
        guard !overflows, product <= Int64.max - 29 else { return Int64.max / 60 / ratePerMinuteMinor }
        return (product + 29) / ratePerMinuteMinor
    }

    /// The tax on a net amount, half up.
    ///
    /// - Parameters:
    ///   - netMinor: minor units without tax, not negative.
    ///   - basisPoints: hundredths of a percent: 1,600 for Kenya's 16 % VAT.
    package static func tax(netMinor: Int64, basisPoints: Int64) -> Int64 {
        let (whole, part) = max(netMinor, 0).quotientAndRemainder(dividingBy: 10_000)
        return whole * basisPoints + (part * basisPoints + 5000) / 10_000
    }

    /// A part of an amount, half up: 10 of 30 days of 10,000 are 3,333.
    ///
    /// - Parameters:
    ///   - amountMinor: minor units, not negative and below 2^40.
    ///   - part: zero to `whole`.
    ///   - whole: above zero and below 2^20.
    package static func share(of amountMinor: Int64, part: Int64, whole: Int64) -> Int64 {
        (2 * amountMinor * part + whole) / (2 * whole)
    }
}
