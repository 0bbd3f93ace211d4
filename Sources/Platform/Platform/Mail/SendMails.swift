import Database
import Logging
package import Primitives

/// Sends the mails that are due, one after the other, each at least once.
package struct SendMails: Sendable {
    /// The wait after each failed attempt; there is none after the last.
    private static let waits: [Duration] = [
        .seconds(5), .seconds(30), .seconds(120), .seconds(600), .seconds(1800), .seconds(7200), .seconds(21_600),
    ]
    private static let batch = 20

    private let context: PlatformContext
    private let mailer: any Mailer

    /// Sends through `mailer`.
    package init(_ context: PlatformContext, mailer: any Mailer) {
        self.context = context
        self.mailer = mailer
    }

    /// Sends what is due and returns how many were tried.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction() async throws -> Int {
        var count = 0
        while !Task.isCancelled {
            let mails = try await lease()
            for mail in mails { try await send(mail) }
            count += mails.count
            if mails.count < Self.batch { break }
        }
        return count
    }

    /// When the next mail is due; nil when none is pending.
    ///
    /// - Throws: `DatabaseError`.
    package func nextDue() async throws -> Timestamp? {
        try await context.database.read { try MailTable.nextDue(in: $0) }
    }

    private func lease() async throws -> [Mail] {
        let now = context.clock.now()
        return try await context.database.write(isolation: .readCommitted) { tx in
            let leaseEnd = now + context.settings.mailLease
            return try MailTable.lease(dueBefore: now, leaseEnd: leaseEnd, limit: Self.batch, in: tx).compactMap {
                row in
                let id: Identifier = try row.get("id")
                if let expiresAt = try row.get("expires_at", as: Timestamp?.self), expiresAt <= now {
                    try MailTable.close(id, as: .expired, error: nil, in: tx)
                    return nil
                }
                return try mail(id, row)
            }
            .sorted { $0.id < $1.id }
        }
    }

    /// Nil for a mail that cannot be read, as under another master key: it waits, and the others go out.
    private func mail(_ id: Identifier, _ row: Row) throws -> Mail? {
        guard let sealed = try row.get("sealed_text", as: [UInt8]?.self) else { return nil }
        let text: String
        let unsubscribeURL: String?
        do {
            text = try context.secrets.open(sealed, context: "mail:\(id)")
            unsubscribeURL = try row.get("sealed_unsubscribe_url", as: [UInt8]?.self).map {
                try context.secrets.open($0, context: "unsubscribe:\(id)")
            }
        } catch {
            context.logger.error("a mail cannot be read: the master key is another", metadata: ["mail_id": "\(id)"])
            return nil
        }
        return Mail(
            id: id,
            recipient: try row.get("recipient"),
            subject: try row.get("subject"),
            text: text,
            attempt: try row.get("attempts"),
            writtenAt: try row.get("created_at"),
            unsubscribeURL: unsubscribeURL
        )
    }

    private func send(_ mail: Mail) async throws {
        let failure: MailFailure?
        do {
            try await mailer.send(mail)
            failure = nil
        } catch let error as MailFailure {
            failure = error
        } catch {
            failure = MailFailure(isTransient: true, "\(error)")
        }
        // Its lease ends, and it is sent again, when this was only cut off.
        if failure != nil, Task.isCancelled { return }
        let now = context.clock.now()
        try await context.database.write(isolation: .readCommitted) { try record(failure, of: mail, at: now, in: $0) }
    }

    private func record(
        _ failure: MailFailure?,
        of mail: Mail,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws {
        guard let failure else { return try MailTable.close(mail.id, as: .sent, error: nil, in: tx) }
        let canWait = failure.isTransient && Self.waits.indices.contains(mail.attempt - 1)
        context.logger.warning(
            "a mail was not taken",
            metadata: ["mail_id": "\(mail.id)", "error": "\(failure.message)", "is_final": "\(!canWait)"]
        )
        if canWait {
            let dueAt = now + Self.waits[mail.attempt - 1]
            try MailTable.postpone(mail.id, to: dueAt, error: failure.message, in: tx)
        } else {
            try MailTable.close(mail.id, as: .failed, error: failure.message, in: tx)
        }
    }
}
