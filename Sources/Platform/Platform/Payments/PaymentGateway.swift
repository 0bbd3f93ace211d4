package import Primitives

/// A provider of mobile money, as the platform needs it.
package protocol PaymentGateway: Sendable {
    /// Asks a phone to pay.
    ///
    /// - Returns: the provider's name for the request.
    /// - Throws: `GatewayFailure`, which says whether the phone can have been asked.
    func push(_ push: PaymentPush) async throws(GatewayFailure) -> String

    /// What came of a push.
    ///
    /// - Throws: `GatewayFailure` when that was not answered.
    func outcome(ofPush checkoutRequestID: String) async throws(GatewayFailure) -> PushOutcome

    /// Payments to the Paybill in a span of time, at most the provider's last 48 hours.
    ///
    /// - Throws: `GatewayFailure`.
    func payments(in span: ClosedRange<Timestamp>) async throws(GatewayFailure) -> [PaymentNews]

    /// Tells the provider where it may ask about and tell of payments to the Paybill; harmless to repeat.
    ///
    /// - Throws: `GatewayFailure`.
    func register(validationURL: String, confirmationURL: String) async throws(GatewayFailure)
}
