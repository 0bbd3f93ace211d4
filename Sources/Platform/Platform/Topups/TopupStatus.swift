/// Where a top-up is in its life (facts section 13; `expired` is ours).
package enum TopupStatus: String, Sendable, CaseIterable {
    /// The phone has been asked, or is about to be.
    case pending
    /// Paid, and in the wallet.
    case confirmed
    /// Not paid, and why is known.
    case failed
    /// Nobody has said what came of it in time; a payment that comes later still counts.
    case expired
}
