/// What is left to be paid back of a charge, and how the parts of it are paid back: revenue and VAT in proportion, rounded so that
/// all parts together are the charge to the cent.
package struct ChargeReversal: Sendable, Equatable {
    private let wallet: PostedEntry.Side
    private let revenue: PostedEntry.Side
    private let tax: PostedEntry.Side?
    private let revenueLeft: Int64
    private let taxLeft: Int64

    /// Looks at an entry; nil when it is no charge: not money that went from a wallet to revenue and VAT.
    ///
    /// - Parameter reversed: what its reversals have moved by now, debits positive.
    package init?(of entry: PostedEntry, reversed: [AccountKind: Int64]) {
        let sides = Dictionary(entry.sides.map { ($0.account.kind, $0) }, uniquingKeysWith: { first, _ in first })
        guard entry.kind != .reversal, let wallet = sides[.wallet], wallet.storedMinor > 0,
            let revenue = sides[.revenue], revenue.storedMinor < 0, sides[.tax]?.storedMinor ?? -1 < 0,
            sides.count == entry.sides.count, sides.count == (sides[.tax] == nil ? 2 : 3)
        else { return nil }
        (self.wallet, self.revenue, tax) = (wallet, revenue, sides[.tax])
        revenueLeft = -revenue.storedMinor - (reversed[.revenue] ?? 0)
        taxLeft = -(sides[.tax]?.storedMinor ?? 0) - (reversed[.tax] ?? 0)
    }

    /// What can still be paid back, in minor units; not below zero.
    package var leftMinor: Int64 { max(revenueLeft + taxLeft, 0) }

    /// Whether a part with so much revenue and VAT can still be paid back.
    package func allows(netMinor: Int64, taxMinor: Int64) -> Bool { netMinor <= revenueLeft && taxMinor <= taxLeft }

    /// The VAT in a part of what is left: as much of the whole VAT as is paid back of the charge, with this part.
    ///
    /// - Parameter amountMinor: above zero, at most `leftMinor`.
    package func taxMinor(of amountMinor: Int64) -> Int64 {
        guard let tax else { return 0 }
        let whole = wallet.storedMinor
        let back = whole - leftMinor + amountMinor
        // Amounts are below 2^53, so their product needs more than 64 bits.
        let share = whole.dividingFullWidth((-tax.storedMinor).multipliedFullWidth(by: back))
        let rounded = share.quotient + (share.remainder >= whole - share.remainder ? 1 : 0)
        let wanted = rounded - (-tax.storedMinor - taxLeft)
        return min(max(wanted, amountMinor - revenueLeft, 0), amountMinor, taxLeft)
    }

    /// The sides of an entry that pays a part back.
    ///
    /// - Parameter amountMinor: above zero, at most `leftMinor`.
    package func postings(_ amountMinor: Int64) -> [PostingDraft] {
        let taxMinor = taxMinor(of: amountMinor)
        var postings = [PostingDraft(.credit, amountMinor, wallet.account)]
        if amountMinor > taxMinor { postings.append(PostingDraft(.debit, amountMinor - taxMinor, revenue.account)) }
        if let tax, taxMinor > 0 { postings.append(PostingDraft(.debit, taxMinor, tax.account)) }
        return postings
    }
}
