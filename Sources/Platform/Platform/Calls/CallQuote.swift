package import Ledger
package import Primitives

/// What a call would cost, how it would go, and whether it would be accepted.
package struct CallQuote: Sendable {
    /// The workspace's number.
    package let from: String
    /// Who would be called.
    package let to: String
    /// The price of a minute, in minor units, by the second; nil when there is none, and no such call.
    package let ratePerMinuteMinor: Int64?
    /// The price's currency.
    package let currency: Currency
    /// The first carrier that would be tried; nil when none takes such numbers, and the call would fail.
    package let trunk: String?
    /// What it could cost at most; nil when it would not be accepted.
    package private(set) var mostMinor: Int64?
    /// When it would be ended from here; nil when it would not be accepted.
    package private(set) var timeLimit: CallTimeLimit?
    /// When it would be dialled; nil for at once.
    package private(set) var dialAt: Timestamp?
    /// Why it would be refused; nil when it would be accepted.
    package internal(set) var refusal: PlatformError?

    init(from: String, to: String, ratePerMinuteMinor: Int64?, currency: Currency, trunk: String?) {
        self.from = from
        self.to = to
        self.ratePerMinuteMinor = ratePerMinuteMinor
        self.currency = currency
        self.trunk = trunk
    }

    /// Takes over what the call was admitted with.
    mutating func admit(_ call: Call) {
        mostMinor = call.mostMinor
        timeLimit = call.timeLimit
        dialAt = call.dialAt
    }
}
