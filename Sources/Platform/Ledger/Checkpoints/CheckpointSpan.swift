package import Primitives

/// What a checkpoint is about: an account and a month.
package struct CheckpointSpan: Sendable, Equatable {
    /// The account; a workspace's wallet.
    package let account: AccountReference
    /// The month's name where the business is: `2026-06`.
    package let month: String
    /// Its first moment.
    package let from: Timestamp
    /// The first moment after it.
    package let to: Timestamp

    /// Names all parts.
    package init(account: AccountReference, month: String, from: Timestamp, to: Timestamp) {
        self.account = account
        self.month = month
        self.from = from
        self.to = to
    }
}
