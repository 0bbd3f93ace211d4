package import Primitives

/// A movement of money that is about to be posted: balanced, and named by a key that makes posting it twice harmless.
package struct EntryDraft: Sendable {
    /// Unique for ever; says which fact this is: `call:<id>`, `rental:<number>:<month>`.
    package let key: String
    /// What it is.
    package let kind: EntryKind
    /// For people.
    package let description: String
    /// The call, number or top-up it belongs to; for the reversal of an entry, that entry.
    package let referenceID: Identifier?
    /// Two or more sides of one currency whose debits equal their credits.
    package let postings: [PostingDraft]

    /// Makes an entry; `Ledger.post` checks it.
    package init(
        key: String,
        kind: EntryKind,
        description: String,
        referenceID: Identifier? = nil,
        postings: [PostingDraft]
    ) {
        self.key = key
        self.kind = kind
        self.description = description
        self.referenceID = referenceID
        self.postings = postings
    }
}
