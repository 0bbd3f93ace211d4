/// Where a payment's money is.
package enum PaymentStatus: String, Sendable, CaseIterable {
    /// In a wallet.
    case credited
    /// With the operator, until somebody says whose it is.
    case suspense
}
