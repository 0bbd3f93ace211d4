/// The providers of one server: real money and play money never meet.
package struct PaymentGateways: Sendable {
    private let live: PaymentLine?
    private let test: PaymentLine?

    /// Names them; nil where there is none.
    package init(live: PaymentLine?, test: PaymentLine?) {
        self.live = live
        self.test = test
    }

    subscript(isTest isTest: Bool) -> PaymentLine? { isTest ? test : live }
}
