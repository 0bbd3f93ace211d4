import Primitives

/// What names a payment for ever, and what was told with it.
struct PaymentReceipt: Sendable, Equatable {
    /// The provider's number.
    let number: String
    /// When it was paid, by the provider's clock.
    let paidAt: Timestamp
    /// Who paid, as it was told.
    var payer: String?
    /// What was typed as the account, as it was told.
    var account: String?
    /// Who told of it.
    let source: PaymentSource
}
