import Database
import Primitives

/// Puts a mail on its way, inside the transaction that is the reason for it.
struct QueueMail: Sendable {
    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    /// - Parameter expiresAt: from when on the mail is of no use.
    func callAsFunction(
        _ mail: MailText,
        to recipient: EmailAddress,
        expiresAt: Timestamp? = nil,
        in tx: SQLTransaction
    ) throws {
        let id = context.ids.next()
        try MailTable.insert(
            id: id,
            recipient: recipient,
            subject: mail.subject,
            sealedText: try context.secrets.seal(mail.text, context: "mail:\(id)"),
            sealedUnsubscribeURL: try mail.unsubscribeURL.map {
                try context.secrets.seal($0, context: "unsubscribe:\(id)")
            },
            expiresAt: expiresAt,
            at: context.serverClock.now(),
            in: tx
        )
        tx.notify(Channel.mails)
    }
}
