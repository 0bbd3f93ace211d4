import Ledger
package import Primitives

/// What the days of a number's month cost, or give back (seed: "prorated to the day"; facts section 11.1).
package struct RentalCharge: Sendable, Equatable {
    /// The days that are counted.
    package let days: Int64
    /// The days of their month.
    package let daysInMonth: Int64
    /// Without tax, in minor units.
    package let netMinor: Int64
    /// The VAT on it.
    package let taxMinor: Int64
    /// The first moment after the month.
    package let paidUntil: Timestamp

    /// Both together.
    package var totalMinor: Int64 { netMinor + taxMinor }

    /// From today, which counts, to the end of the month, at the price of this moment.
    static func fromToday(_ now: Timestamp, _ prices: PriceHistory, _ settings: PlatformSettings) -> RentalCharge {
        let month = CivilMonth(containing: now, offset: settings.timeZoneOffset)
        return RentalCharge(days: month.daysLeft(at: now), of: month, prices.list(at: now))
    }

    /// From tomorrow to the end of what was paid, at the price that was paid; none when the month is over.
    ///
    /// - Parameter claimedAt: when the number was claimed; a month that had begun before was paid at its beginning.
    static func afterToday(
        _ now: Timestamp,
        paidUntil: Timestamp,
        claimedAt: Timestamp?,
        _ prices: PriceHistory,
        _ settings: PlatformSettings
    ) -> RentalCharge {
        let month = CivilMonth(containing: now, offset: settings.timeZoneOffset)
        let isPaid = paidUntil >= month.end
        let pricedAt = max(claimedAt ?? month.start, month.start)
        return RentalCharge(days: isPaid ? month.daysLeft(at: now) - 1 : 0, of: month, prices.list(at: pricedAt))
    }

    /// The month that begins at a moment, at the price of that moment.
    static func wholeMonth(from start: Timestamp, _ prices: PriceHistory, _ settings: PlatformSettings) -> RentalCharge
    {
        let month = CivilMonth(containing: start, offset: settings.timeZoneOffset)
        return RentalCharge(days: month.daysLeft(at: start), of: month, prices.list(at: start))
    }

    private init(days: Int64, of month: CivilMonth, _ prices: PriceList) {
        self.days = days
        daysInMonth = month.dayCount
        netMinor = Rating.share(of: prices.numberMonthlyMinor, part: days, whole: month.dayCount)
        taxMinor = Rating.tax(netMinor: netMinor, basisPoints: prices.vatBasisPoints)
        paidUntil = month.end
    }

    /// The same days, but no more money than is left of what was paid for them: some of it may have been refunded.
    func limited(to left: ChargeReversal) -> RentalCharge {
        if left.allows(netMinor: netMinor, taxMinor: taxMinor) { return self }
        let amountMinor = min(totalMinor, left.leftMinor)
        let taxMinor = amountMinor > 0 ? left.taxMinor(of: amountMinor) : 0
        return RentalCharge(self, netMinor: amountMinor - taxMinor, taxMinor: taxMinor)
    }

    /// The same days for nothing.
    var free: RentalCharge { RentalCharge(self, netMinor: 0, taxMinor: 0) }

    private init(_ charge: RentalCharge, netMinor: Int64, taxMinor: Int64) {
        (days, daysInMonth, paidUntil) = (charge.days, charge.daysInMonth, charge.paidUntil)
        (self.netMinor, self.taxMinor) = (netMinor, taxMinor)
    }

    /// Charges the workspace, or pays it back.
    func postings(_ accounts: WalletAccounts, isRefund: Bool) -> [PostingDraft] {
        let (wallet, others): (PostingSide, PostingSide) = isRefund ? (.credit, .debit) : (.debit, .credit)
        var postings = [PostingDraft(wallet, totalMinor, accounts[.wallet])]
        if netMinor > 0 { postings.append(PostingDraft(others, netMinor, accounts[.revenue])) }
        if taxMinor > 0 { postings.append(PostingDraft(others, taxMinor, accounts[.tax])) }
        return postings
    }
}
