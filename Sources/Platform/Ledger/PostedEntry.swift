package import Primitives

/// An entry that is in the ledger, with its sides.
package struct PostedEntry: Sendable, Equatable {
    /// One side as it was posted.
    package struct Side: Sendable, Equatable {
        /// The account that was moved.
        package let account: AccountReference
        /// Minor units, never zero: debits positive, credits negative.
        package let storedMinor: Int64

        /// Names both parts.
        package init(account: AccountReference, storedMinor: Int64) {
            (self.account, self.storedMinor) = (account, storedMinor)
        }
    }

    /// Its id.
    package let id: Identifier
    /// The key that it was posted under.
    package let key: String
    /// What it is.
    package let kind: EntryKind
    /// What it belongs to; for the reversal of an entry, that entry.
    package let referenceID: Identifier?
    /// The sum of its debits in minor units.
    package let amountMinor: Int64
    /// Its sides in the order in which accounts are locked; none when they were not asked for.
    package let sides: [Side]

    /// Names all parts.
    package init(
        id: Identifier,
        key: String,
        kind: EntryKind,
        referenceID: Identifier?,
        amountMinor: Int64,
        sides: [Side]
    ) {
        self.id = id
        self.key = key
        self.kind = kind
        self.referenceID = referenceID
        self.amountMinor = amountMinor
        self.sides = sides
    }
}
