/// The way out for mails: a mail server.
package protocol Mailer: Sendable {
    /// Hands a message over; it is done when the server has taken it.
    ///
    /// - Throws: `MailFailure`.
    func send(_ mail: Mail) async throws
}
