/// Something that must never be: what the checker found.
package enum LedgerDifference: Sendable, Equatable, CustomStringConvertible {
    /// An account's cached balance is not the sum of its postings; amounts in minor units, debits positive.
    case balance(account: String, cachedMinor: Int64, derivedMinor: Int64)
    /// An entry's postings do not add up to zero.
    case unbalancedEntry(key: String, sumMinor: Int64)
    /// An entry without two sides.
    case entryWithoutPostings(key: String)
    /// Postings that belong to no entry or no account.
    case orphanPostings(count: Int64)
    /// An entry was reversed by more than it was; amounts in minor units.
    case reversedTooMuch(key: String, amountMinor: Int64, reversedMinor: Int64)

    /// For the operator's terminal.
    package var description: String {
        switch self {
        case .balance(let account, let cached, let derived):
            "account \(account): the cached balance is \(cached), its postings add up to \(derived)"
        case .unbalancedEntry(let key, let sum): "entry \(key): its postings add up to \(sum) instead of 0"
        case .entryWithoutPostings(let key): "entry \(key): it has fewer than two postings"
        case .reversedTooMuch(let key, let amount, let reversed):
            "entry \(key): it was of \(amount), and \(reversed) of it were reversed"
        case .orphanPostings(let count): "\(count) postings belong to no entry or account"
        }
    }
}
