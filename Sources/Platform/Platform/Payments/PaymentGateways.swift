/// The providers of one server: real money and play money never meet.
package struct PaymentGateways: Sendable {
    private let live: (any PaymentGateway)?
    private let test: (any PaymentGateway)?

    /// Names them; nil where there is none.
    package init(live: (any PaymentGateway)?, test: (any PaymentGateway)?) {
        self.live = live
        self.test = test
    }

    subscript(isTest isTest: Bool) -> (any PaymentGateway)? { isTest ? test : live }
}
