/// What numbers would cost until the end of the month, and whether they could be claimed.
package struct ClaimQuote: Sendable {
    /// The numbers, as they were asked for; empty when they could not be claimed.
    package let numbers: [String]
    /// What each would be charged, in the same order.
    package let charges: [RentalCharge]
    /// Why they could not be claimed; nil when they could.
    package let refusal: PlatformError?
}
