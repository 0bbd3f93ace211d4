package import Platform

/// A way out for mails that keeps them, and refuses them when told to: what it does to a mail is a server's answer.
package final class Outbox: Mailer {
    /// What was sent.
    package let mails = Locked<[Mail]>([])
    /// What a server says instead of taking a mail.
    package let failure = Locked<MailFailure?>(nil)

    /// Makes an empty one.
    package init() {}

    /// Keeps a mail.
    package func send(_ mail: Mail) async throws {
        if let failure = failure.withLock({ $0 }) { throw failure }
        mails.withLock { $0.append(mail) }
    }
}
