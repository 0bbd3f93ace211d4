/// An amount in minor units of a currency; never a fraction.
package struct Money: Sendable, Hashable {
    /// Minor units: 235 is KES 2.35. Negative for an overdrawn wallet.
    package let minor: Int64
    /// The currency of the amount.
    package let currency: Currency

    /// Makes an amount.
    package init(minor: Int64, currency: Currency) {
        self.minor = minor
        self.currency = currency
    }
}
