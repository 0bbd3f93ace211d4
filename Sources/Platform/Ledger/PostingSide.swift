/// The side of a posting. Debits are stored as positive amounts and credits as negative ones, so an entry's postings add up to zero.
package enum PostingSide: Sendable {
    /// Stored positive.
    case debit
    /// Stored negative.
    case credit

    var sign: Int64 { self == .debit ? 1 : -1 }
}
