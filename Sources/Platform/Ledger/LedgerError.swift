/// A mistake of the caller: nothing is posted.
package enum LedgerError: Error, Equatable {
    /// Debits and credits differ by this many minor units.
    case unbalanced(key: String, differenceMinor: Int64)
    /// A posting of zero or less, or fewer than two postings.
    case malformed(key: String)
    /// Postings of several currencies in one entry.
    case mixedCurrencies(key: String)
    /// Amounts that do not fit 64 bits.
    case overflow(key: String)
    /// The key was used for an entry of another kind or other amounts.
    case keyReused(key: String)
    /// More entries at once than a statement takes.
    case tooMany(Int)
}
