/// What a provider knows of a push.
package enum PushOutcome: Sendable, Equatable {
    /// It is under way, or the provider cannot say.
    case pending
    /// The payer has paid; by which payment is not said.
    case paid
    /// The payer has not paid, and will not.
    case refused(TopupFailure)
}
