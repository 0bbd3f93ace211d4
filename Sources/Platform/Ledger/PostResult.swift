/// Whether an entry was posted now or had been before.
package enum PostResult: Sendable, Equatable {
    /// Posted in this transaction.
    case posted
    /// An equal entry with this key exists; nothing changed.
    case alreadyPosted
}
