/// A provider, and where it reaches this server.
package struct PaymentLine: Sendable {
    /// The provider.
    package let gateway: any PaymentGateway
    /// Without a slash at the end.
    package let callbackURL: String

    /// Puts both together.
    package init(_ gateway: any PaymentGateway, callbackURL: String) {
        self.gateway = gateway
        self.callbackURL = callbackURL
    }
}
