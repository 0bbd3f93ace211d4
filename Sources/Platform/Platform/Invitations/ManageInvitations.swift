import Database
package import Primitives

/// Lists the open invitations of a workspace, takes one back, or sends it again.
package struct ManageInvitations: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// The open ones, oldest first, at most 1,000.
    ///
    /// - Throws: `DatabaseError`.
    package func pending(workspaceID: Identifier) async throws -> [Invitation] {
        let now = context.clock.now()
        return try await context.database.read { try InvitationTable.pending(of: workspaceID, at: now, in: $0) }
    }

    /// Takes one back; again is fine.
    ///
    /// - Throws: `PlatformError` `invitations.not_found`, `invitations.already_accepted` or `workspace.suspended`;
    ///   `DatabaseError`.
    package func revoke(_ id: Identifier, workspaceID: Identifier) async throws {
        let now = context.clock.now()
        try await context.database.write { tx in
            let (_, invitation) = try require(id, of: workspaceID, in: tx)
            guard invitation.revokedAt == nil else { return }
            try InvitationTable.revoke(id, at: now, in: tx)
            try RecordAudit(context)(
                .invitationRevoked,
                of: id,
                before: invitation.auditView,
                workspaceID: workspaceID,
                in: tx
            )
        }
    }

    /// Sends one again with a new link that lasts as long as a new one; the old link leads nowhere.
    ///
    /// - Parameter idempotency: makes a repetition answer as the first did, without another mail.
    /// - Throws: as `revoke`, and `rate_limit.exceeded` within a minute of the last mail; `DatabaseError`.
    package func resend(
        _ id: Identifier,
        workspaceID: Identifier,
        idempotency: IdempotencyRequest? = nil,
        link: @escaping @Sendable (_ token: String) -> String
    ) async throws -> (invitation: Invitation, isReplay: Bool) {
        let now = context.clock.now()
        let token = Secret.make(prefix: "", context.ids)
        return try await context.database.write { tx in
            let (workspace, invitation) = try require(id, of: workspaceID, in: tx)
            let once = Once(context: context, scopeID: workspaceID, request: idempotency)
            if try once.earlier(making: id, at: now, in: tx) != nil { return (invitation, true) }
            guard invitation.revokedAt == nil else { throw Self.unknown }
            let expiresAt = now + context.settings.invitationLifetime
            // An invitation ends a lifetime after it was last sent.
            guard expiresAt >= invitation.expiresAt + Self.pause else {
                throw PlatformError(
                    .rateLimitExceeded,
                    "This invitation was sent a moment ago. Send it again in a minute.",
                    retryAfter: Self.pause
                )
            }
            try InvitationTable.renew(id, token: token, expiresAt: expiresAt, in: tx)
            try QueueMail(context)(
                MailText.invitation(to: workspace.name, link: link(token.text)),
                to: try EmailAddress(parsing: invitation.email, field: "email"),
                expiresAt: expiresAt,
                in: tx
            )
            guard let renewed = try InvitationTable.find(id, of: workspaceID, in: tx) else { throw Self.unknown }
            try RecordAudit(context)(
                .invitationResent,
                of: id,
                before: invitation.auditView,
                after: renewed.auditView,
                workspaceID: workspaceID,
                in: tx
            )
            return (renewed, false)
        }
    }

    /// The least time between two mails to somebody who has not asked for them.
    private static let pause: Duration = .seconds(60)

    static let unknown = PlatformError(.invitationNotFound, "There is no such invitation. Ask for a new one.")
    static let used = PlatformError(.invitationUsed, "This invitation was accepted already.")

    private func require(
        _ id: Identifier,
        of workspaceID: Identifier,
        in tx: SQLTransaction
    ) throws -> (Workspace, Invitation) {
        let workspace = try WorkspaceTable.requireActive(workspaceID, in: tx)
        guard let invitation = try InvitationTable.find(id, of: workspaceID, in: tx) else { throw Self.unknown }
        guard invitation.acceptedAt == nil else { throw Self.used }
        return (workspace, invitation)
    }
}
