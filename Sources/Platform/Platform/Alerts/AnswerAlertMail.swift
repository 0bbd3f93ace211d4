import Database
import Primitives

/// What an address says by the links in its mails, without a key or an account.
package struct AnswerAlertMail: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    private static let unknown = PlatformError(
        .linkInvalid,
        "This link was used, was replaced by a newer one, or is not ours."
    )

    /// The address wants the mails. A link works once.
    ///
    /// - Returns: the address.
    /// - Throws: `PlatformError` `links.invalid` or `links.expired`; `DatabaseError`.
    package func confirm(token: String) async throws -> String {
        guard (16...256).contains(token.utf8.count) else { throw Self.unknown }
        let now = context.clock.now()
        return try await context.database.write { tx in
            guard let recipient = try AlertRecipientTable.find(hash: Secret(text: token).hash, in: tx),
                let expiresAt = recipient.linkExpiresAt
            else { throw Self.unknown }
            guard now < expiresAt else {
                throw PlatformError(.linkExpired, "This link has expired. Ask for a new one.")
            }
            guard try AlertRecipientTable.confirm(recipient.id, at: now, in: tx) else { throw Self.unknown }
            try note(.alertRecipientConfirmed, recipient, as: .confirmed, in: tx)
            return recipient.email
        }
    }

    /// The address wants no more mails; again is fine.
    ///
    /// - Returns: the address.
    /// - Throws: `PlatformError` `links.invalid`; `DatabaseError`.
    package func stop(token: String) async throws -> String {
        guard let id = AlertLinks(context).recipient(stopToken: token) else { throw Self.unknown }
        return try await context.database.write { tx in
            guard let recipient = try AlertRecipientTable.find(id, in: tx) else { throw Self.unknown }
            if try AlertRecipientTable.end(id, as: .stopped, in: tx) {
                try note(.alertRecipientStopped, recipient, as: .stopped, in: tx)
            }
            return recipient.email
        }
    }

    private func note(
        _ action: AuditAction,
        _ recipient: AlertRecipient,
        as status: AlertRecipient.Status,
        in tx: SQLTransaction
    ) throws {
        try RecordAudit(context)(
            action,
            of: recipient.id,
            before: recipient.auditView,
            after: ["email": .string(recipient.email), "status": .string(status.rawValue)],
            workspaceID: recipient.workspaceID,
            in: tx
        )
    }
}
