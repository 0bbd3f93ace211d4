import Ledger

/// What a month's recordings cost: the average of what was stored at the end of each of its days, less what is free
/// (seed: "5 GB free; KES 2.00 / GB / month above threshold").
package struct StorageCharge: Sendable, Equatable {
    /// A gigabyte as storage is sold: 10^9 bytes.
    package static let bytesPerGB: Int64 = 1_000_000_000

    /// What was stored at the end of each day, added up.
    package let byteDays: Int64
    /// Without tax, in minor units.
    package let netMinor: Int64
    /// The VAT on it.
    package let taxMinor: Int64

    /// Both together.
    package var totalMinor: Int64 { netMinor + taxMinor }

    /// - Parameters:
    ///   - endOfDays: what was stored at the end of each day that is counted, in bytes.
    ///   - dayCount: the days of the month.
    init(endOfDays: [Int64], dayCount: Int64, _ prices: PriceList) {
        byteDays = endOfDays.reduce(0, +)
        let free = prices.recordingFreeGB * Self.bytesPerGB * Int64(endOfDays.count)
        let unit = Self.bytesPerGB * dayCount
        let (whole, part) = max(byteDays - free, 0).quotientAndRemainder(dividingBy: unit)
        let price = prices.storagePerGBMonthMinor
        netMinor = whole * price + (2 * part * price + unit) / (2 * unit)
        taxMinor = Rating.tax(netMinor: netMinor, basisPoints: prices.vatBasisPoints)
    }
}
