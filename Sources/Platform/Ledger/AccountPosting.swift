package import Primitives

/// One posting of an account with what its entry says, amounts seen from the account's normal side: what raises a
/// wallet is positive.
package struct AccountPosting: Sendable, Equatable {
    /// The entry's id: postings of an account are in the order of these.
    package let entryID: Identifier
    /// What the entry is.
    package let kind: EntryKind
    /// Minor units, never zero; negative when the balance fell.
    package let amountMinor: Int64
    /// The account's balance with this posting, in minor units.
    package let balanceAfterMinor: Int64
    /// For people.
    package let description: String
    /// The call, number or top-up it belongs to; for the reversal of an entry, that entry.
    package let referenceID: Identifier?

    /// Names all parts.
    package init(
        entryID: Identifier,
        kind: EntryKind,
        amountMinor: Int64,
        balanceAfterMinor: Int64,
        description: String,
        referenceID: Identifier?
    ) {
        self.entryID = entryID
        self.kind = kind
        self.amountMinor = amountMinor
        self.balanceAfterMinor = balanceAfterMinor
        self.description = description
        self.referenceID = referenceID
    }

    /// When it was posted.
    package var postedAt: Timestamp { entryID.moment }
}
