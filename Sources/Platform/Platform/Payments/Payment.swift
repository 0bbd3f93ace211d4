package import Primitives

/// Money that was received, once, however many told of it.
package struct Payment: Sendable, Equatable {
    /// Its id.
    package let id: Identifier
    /// The provider's receipt number; nil as long as nobody has told it.
    package let receipt: String?
    /// Who told of it first.
    package let source: PaymentSource
    /// What was paid, in minor units of the Kenyan shilling.
    package let amountMinor: Int64
    /// Who paid, as it was told.
    package let payer: String?
    /// What was typed as the account, as it was told.
    package let account: String?
    /// When it was paid.
    package let occurredAt: Timestamp
    /// Where the money is.
    package let status: PaymentStatus
    /// Why it waits, or waited; nil when it never did.
    package let reason: SuspenseReason?
    /// In whose wallet it is; nil in suspense.
    package let workspaceID: Identifier?
    /// The top-up that it confirmed; nil in suspense.
    package let topupID: Identifier?
    /// Whether the provider itself has said that the top-up was paid; otherwise it only looks like it, or the top-up is the payment's
    /// own.
    package let isTied: Bool
    /// Whether the provider itself has put the receipt to a top-up.
    package let isCertain: Bool
    /// Whether it is play money.
    package let isTest: Bool
    /// When we first heard of it.
    package let createdAt: Timestamp
}
