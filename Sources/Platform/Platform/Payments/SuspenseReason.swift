/// Why a payment waits for the operator.
package enum SuspenseReason: String, Sendable, CaseIterable {
    /// What the payer typed is no workspace's reference, nor clearly meant to be one.
    case unmatched
    /// It is for a top-up of another amount.
    case amountMismatch = "amount_mismatch"
}
