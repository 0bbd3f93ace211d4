import Platform
import TestSupport

/// A way out for mails that keeps them, and refuses them when told to: what it does to a mail is a server's answer.
final class Outbox: Mailer {
    let mails = Locked<[Mail]>([])
    let failure = Locked<MailFailure?>(nil)

    func send(_ mail: Mail) async throws {
        if let failure = failure.withLock({ $0 }) { throw failure }
        mails.withLock { $0.append(mail) }
    }
}
