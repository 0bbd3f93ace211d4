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

    /// From today, which counts, to the end of the month.
    static func fromToday(_ now: Timestamp, _ settings: PlatformSettings) -> RentalCharge {
        let month = CivilMonth(containing: now, offset: settings.timeZoneOffset)
        return RentalCharge(days: month.daysLeft(at: now), of: month, settings)
    }

    /// From tomorrow to the end of what was paid; none when the month is over.
    static func afterToday(_ now: Timestamp, paidUntil: Timestamp, _ settings: PlatformSettings) -> RentalCharge {
        let month = CivilMonth(containing: now, offset: settings.timeZoneOffset)
        let isPaid = paidUntil >= month.end
        return RentalCharge(days: isPaid ? month.daysLeft(at: now) - 1 : 0, of: month, settings)
    }

    /// The month that begins at a moment.
    static func wholeMonth(from start: Timestamp, _ settings: PlatformSettings) -> RentalCharge {
        let month = CivilMonth(containing: start, offset: settings.timeZoneOffset)
        return RentalCharge(days: month.daysLeft(at: start), of: month, settings)
    }

    private init(days: Int64, of month: CivilMonth, _ settings: PlatformSettings) {
        self.days = days
        daysInMonth = month.dayCount
        netMinor = Rating.share(of: settings.prices.numberMonthlyMinor, part: days, whole: month.dayCount)
        taxMinor = Rating.tax(netMinor: netMinor, basisPoints: settings.prices.vatBasisPoints)
        paidUntil = month.end
    }

    /// Charges the workspace, or pays it back.
    func postings(_ accounts: WalletAccounts, isRefund: Bool) -> [PostingDraft] {
        let (wallet, others): (PostingSide, PostingSide) = isRefund ? (.credit, .debit) : (.debit, .credit)
        var postings = [
            PostingDraft(wallet, totalMinor, accounts[.wallet]), PostingDraft(others, netMinor, accounts[.revenue]),
        ]
        if taxMinor > 0 { postings.append(PostingDraft(others, taxMinor, accounts[.tax])) }
        return postings
    }
}
