import Database
package import Primitives

/// Invites somebody by mail; inviting them again replaces the mail.
package struct InviteMember: Sendable {
    /// Open invitations that a workspace may have. More would make a mass mailer of it.
    private static let mostPending = 100

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Stores an invitation and its mail.
    ///
    /// - Parameters:
    ///   - idempotency: makes a repetition answer as the first did, without another mail.
    ///   - link: the URL that the token is put into.
    /// - Throws: `PlatformError` `request.invalid`, `accounts.already_member`, `workspace.suspended` or
    ///   `invitations.too_many`; `DatabaseError`.
    package func callAsFunction(
        workspaceID: Identifier,
        email: String,
        role: Role,
        idempotency: IdempotencyRequest? = nil,
        link: @escaping @Sendable (_ token: String) -> String
    ) async throws -> (invitation: Invitation, isReplay: Bool) {
        let email = try EmailAddress(parsing: email, field: "email")
        let now = context.clock.now()
        let token = Secret.make(prefix: "", context.ids)
        let id = context.ids.next()
        return try await context.database.write { tx in
            let workspace = try WorkspaceTable.requireActive(workspaceID, in: tx)
            let once = Once(context: context, scopeID: workspaceID, request: idempotency)
            if let earlier = try once.earlier(making: id, at: now, in: tx),
                let invitation = try InvitationTable.find(earlier.id, of: workspaceID, in: tx)
            {
                return (invitation, true)
            }
            let members = try MembershipTable.members(of: workspaceID, in: tx)
            if members.contains(where: { $0.user.email == email.text }) {
                throw PlatformError(.alreadyMember, "\(email.text) is a member already.", field: "email")
            }
            let pending = try InvitationTable.pending(of: workspaceID, at: now, in: tx)
            for earlier in pending where earlier.email == email.text {
                try InvitationTable.revoke(earlier.id, at: now, in: tx)
            }
            guard pending.filter({ $0.email != email.text }).count < Self.mostPending else {
                throw PlatformError(.tooManyInvitations, "Too many invitations are open. Revoke some first.")
            }
            let invitation = Invitation(
                id: id,
                workspaceID: workspaceID,
                email: email.text,
                role: role,
                createdAt: now,
                expiresAt: now + context.settings.invitationLifetime,
                acceptedAt: nil,
                revokedAt: nil
            )
            try InvitationTable.insert(invitation, token: token, in: tx)
            try QueueMail(context)(
                MailText.invitation(to: workspace.name, link: link(token.text)),
                to: email,
                expiresAt: invitation.expiresAt,
                in: tx
            )
            try RecordAudit(context)(
                .invitationSent,
                of: id,
                after: invitation.auditView,
                workspaceID: workspaceID,
                in: tx
            )
            return (invitation, false)
        }
    }
}
