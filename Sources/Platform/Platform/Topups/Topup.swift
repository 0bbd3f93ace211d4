package import Ledger
package import Primitives

/// Money on its way into a wallet.
package struct Topup: Sendable, Equatable {
    /// Its id.
    package let id: Identifier
    /// Whose wallet it is for.
    package let workspaceID: Identifier
    /// How it comes.
    package let method: TopupMethod
    /// Where it is in its life.
    package let status: TopupStatus
    /// The phone that is asked, E.164; nil for a payment to the Paybill.
    package let phone: String?
    /// In minor units of `currency`.
    package let amountMinor: Int64
    /// The wallet's currency.
    package let currency: Currency
    /// The provider's name for the push, once it has one.
    package let checkoutRequestID: String?
    /// The receipt number of the payment, once it is told.
    package let receipt: String?
    /// Why it was not paid.
    package let failure: TopupFailure?
    /// Whether it is play money.
    package let isTest: Bool
    /// When it was asked for.
    package let createdAt: Timestamp
    /// When the phone was asked.
    package let askedAt: Timestamp?
    /// When it was confirmed, failed or expired.
    package let endedAt: Timestamp?
    /// The payment that confirmed it.
    let paymentID: Identifier?
    let step: TopupStep
    /// How often the step has been tried.
    let attempts: Int
}
