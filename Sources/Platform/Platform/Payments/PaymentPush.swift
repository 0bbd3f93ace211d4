/// A request that a phone pays.
package struct PaymentPush: Sendable, Equatable {
    /// The phone, E.164.
    package let phone: String
    /// Minor units of the Kenyan shilling; whole shillings.
    package let amountMinor: Int64
    /// What the payer is shown, at most 12 letters and digits: the workspace's reference.
    package let account: String
    /// Where its outcome is told.
    package let callbackURL: String

    /// Makes a request.
    package init(phone: String, amountMinor: Int64, account: String, callbackURL: String) {
        self.phone = phone
        self.amountMinor = amountMinor
        self.account = account
        self.callbackURL = callbackURL
    }
}
