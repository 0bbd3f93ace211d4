extension EntryDraft {
    /// The sum of the debits; equal to the sum of the credits in a valid entry.
    var totalMinor: Int64 {
        postings.reduce(0) { $0 + ($1.side == .debit ? $1.amountMinor : 0) }
    }

    /// Refuses what would unbalance the books.
    func validate() throws(LedgerError) {
        guard postings.count >= 2, postings.allSatisfy({ $0.amountMinor > 0 }) else { throw .malformed(key: key) }
        guard Set(postings.map(\.account)).count == postings.count else { throw .malformed(key: key) }
        guard Set(postings.map(\.account.currency)).count == 1 else { throw .mixedCurrencies(key: key) }
        var difference: Int64 = 0
        for posting in postings {
            let (sum, overflows) = difference.addingReportingOverflow(posting.amountMinor * posting.side.sign)
            guard !overflows, posting.amountMinor < 1 << 53 else { throw .overflow(key: key) }
            difference = sum
        }
        guard difference == 0 else { throw .unbalanced(key: key, differenceMinor: difference) }
    }
}
