/// An account that a posting lowered; amounts in minor units on its normal side.
package struct BalanceFall: Sendable, Equatable {
    /// Which one.
    package let account: AccountReference
    /// What it held before.
    package let beforeMinor: Int64
    /// What it holds now.
    package let afterMinor: Int64

    /// Names all parts.
    package init(account: AccountReference, beforeMinor: Int64, afterMinor: Int64) {
        self.account = account
        self.beforeMinor = beforeMinor
        self.afterMinor = afterMinor
    }
}
