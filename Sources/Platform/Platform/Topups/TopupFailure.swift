/// Why a top-up was not paid.
package struct TopupFailure: Sendable, Equatable {
    /// A stable name.
    package enum Reason: String, Sendable, CaseIterable {
        /// The payer declined.
        case cancelled
        /// The payer's account has too little.
        case insufficientFunds = "insufficient_funds"
        /// The payer typed a wrong PIN, or it is blocked.
        case wrongPIN = "wrong_pin"
        /// The phone is off, or nobody answered.
        case unreachable
        /// The payer took too long.
        case timedOut = "timed_out"
        /// A limit of the payer's or of the provider's.
        case limitExceeded = "limit_exceeded"
        /// Something else was paid than was asked for.
        case amountMismatch = "amount_mismatch"
        /// The provider does not take it.
        case refused
        /// The provider could not be reached.
        case providerUnavailable = "provider_unavailable"
    }

    /// Which it was.
    package let reason: Reason
    /// The provider's own code, as it came.
    package let code: String?
    /// The provider's own words.
    package let text: String?

    /// Names a failure.
    package init(_ reason: Reason, code: String? = nil, text: String? = nil) {
        self.reason = reason
        self.code = code
        self.text = text
    }
}
