package import Primitives

/// Which postings of an account are wanted; all that is given must hold.
package struct PostingFilter: Sendable {
    /// Only those of entries of this kind.
    package var kind: EntryKind?
    /// Only those that raised the balance, or only those that lowered it.
    package var raises: Bool?
    /// Only those that belong to this call, number or top-up, or that reverse this entry.
    package var referenceID: Identifier?
    /// Posted at this moment or later.
    package var from: Timestamp?
    /// Posted before this moment.
    package var to: Timestamp?
    /// Older than the entry with this id, which the last page ended with.
    package var before: Identifier?
    /// Newer than the entry with this id.
    package var after: Identifier?
    /// Oldest first instead of newest first.
    package var isRising = false
    /// At most so many.
    package var limit = 25

    /// Wants the newest 25.
    package init() {}
}
