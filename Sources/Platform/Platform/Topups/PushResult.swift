package import Primitives

/// What a provider tells of a push, unasked.
package struct PushResult: Sendable, Equatable {
    /// The provider's name for the push.
    package let checkoutRequestID: String
    /// What came of it.
    package let outcome: PushOutcome
    /// The receipt number of the payment.
    package var receipt: String?
    /// What was paid, in minor units.
    package var amountMinor: Int64?
    /// Who paid, as it is told.
    package var payer: String?
    /// When it was paid.
    package var occurredAt: Timestamp?

    /// Makes a result.
    package init(checkoutRequestID: String, outcome: PushOutcome) {
        self.checkoutRequestID = checkoutRequestID
        self.outcome = outcome
    }
}
