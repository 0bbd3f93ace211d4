/// How money comes into a wallet.
package enum TopupMethod: String, Sendable, CaseIterable {
    /// A phone is asked (M-Pesa's STK push).
    case push = "stk_push"
    /// Somebody pays to the Paybill number.
    case paybill
}
