/// One side of an entry that is about to be posted.
package struct PostingDraft: Sendable {
    /// The account to post to.
    package let account: AccountReference
    /// Debit or credit.
    package let side: PostingSide
    /// Minor units, above zero.
    package let amountMinor: Int64

    /// Makes one side.
    package init(_ side: PostingSide, _ amountMinor: Int64, _ account: AccountReference) {
        self.account = account
        self.side = side
        self.amountMinor = amountMinor
    }

    /// The amount as it is stored: debits positive, credits negative.
    var storedMinor: Int64 { amountMinor * side.sign }
}
