import Primitives

/// Money of one payment in a wallet, and whose payment it is taken for.
struct PaymentCredit: Sendable, Equatable {
    /// Its row; nil for what is still to be credited.
    var paymentID: Identifier?
    /// The top-up that it is shown as; nil for what is still to get one of its own.
    var topupID: Identifier?
    /// Nil as long as nobody has told it.
    var receipt: PaymentReceipt?
    /// Whether the provider has said that the top-up was paid; otherwise it only looks like it, or the top-up is a payment to the
    /// Paybill.
    var isTied = false
    /// Whether the provider has said that the receipt was the top-up's, or else that it was a second one of some top-up.
    var isCertain = false
}
