package import Primitives

/// What somebody tells of a payment that has happened.
package struct PaymentNews: Sendable, Equatable {
    /// Who tells it.
    package let source: PaymentSource
    /// The receipt number, which names the payment for ever; nil where it is not told.
    package var receipt: String?
    /// What was paid, in minor units; nil where it is not told.
    package var amountMinor: Int64?
    /// When it was paid, by the payer's provider.
    package var occurredAt: Timestamp
    /// Who paid, in whatever form that is told: digits, some of them masked, or a hash.
    package var payer: String?
    /// What the payer typed as the account.
    package var account: String?
    /// The top-up that it is certainly for.
    package var topupID: Identifier?
    /// Whether it is play money.
    package let isTest: Bool

    /// Makes the news of a payment.
    package init(_ source: PaymentSource, receipt: String?, amountMinor: Int64?, occurredAt: Timestamp, isTest: Bool) {
        self.source = source
        self.receipt = receipt
        self.amountMinor = amountMinor
        self.occurredAt = occurredAt
        self.isTest = isTest
    }
}
