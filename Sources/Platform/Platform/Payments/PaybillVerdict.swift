/// What is answered about a payment before it is made.
package enum PaybillVerdict: Sendable, Equatable {
    /// It may be made.
    case accepted
    /// Nobody has this account.
    case account
    /// It is too small.
    case amount
}
