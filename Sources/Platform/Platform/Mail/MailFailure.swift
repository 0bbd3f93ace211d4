/// Why a mail server did not take a message.
package struct MailFailure: Error, Equatable {
    /// Whether trying again later may help.
    package let isTransient: Bool
    /// For the operator, without what the mail said.
    package let message: String

    /// Says why.
    package init(isTransient: Bool, _ message: String) {
        self.isTransient = isTransient
        self.message = message
    }
}
