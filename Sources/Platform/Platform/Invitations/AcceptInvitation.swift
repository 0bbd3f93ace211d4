import Database
import Primitives

/// Lets the invited person in, once.
package struct AcceptInvitation: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Refuses what no invitation of this server has as its token: 32 letters and digits.
    ///
    /// - Throws: `PlatformError` `invitations.not_found`.
    package static func requireForm(of token: String) throws(PlatformError) {
        guard token.utf8.count == 32, token.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else {
            throw ManageInvitations.unknown
        }
    }

    /// Makes the person a member, and the workspace the active one of their session.
    ///
    /// - Throws: `PlatformError` `invitations.not_found`, `.expired` or `.already_accepted`, or
    ///   `auth.invite_email_mismatch` for somebody else, or `workspace.suspended`; `DatabaseError`.
    package func callAsFunction(_ session: Session, token: String) async throws -> Invitation {
        try Self.requireForm(of: token)
        let now = context.clock.now()
        return try await context.database.write { tx in
            guard let invitation = try InvitationTable.find(hash: Secret(text: token).hash, in: tx),
                invitation.revokedAt == nil
            else { throw ManageInvitations.unknown }
            guard invitation.email == session.user.email else {
                throw PlatformError(
                    .inviteEmailMismatch,
                    "This invitation is for another address than the one you signed in with."
                )
            }
            guard invitation.acceptedAt == nil else { throw ManageInvitations.used }
            guard invitation.expiresAt > now else {
                throw PlatformError(.invitationExpired, "This invitation is too old. Ask for it to be sent again.")
            }
            _ = try WorkspaceTable.requireActive(invitation.workspaceID, in: tx)
            guard try InvitationTable.accept(invitation.id, at: now, in: tx) else { throw ManageInvitations.used }
            _ = try MembershipTable.insert(
                workspaceID: invitation.workspaceID,
                userID: session.user.id,
                role: invitation.role,
                at: now,
                in: tx
            )
            try SessionTable.setWorkspace(invitation.workspaceID, of: session.id, in: tx)
            try RecordAudit(context)(
                .invitationAccepted,
                of: invitation.id,
                before: invitation.auditView,
                after: Member(user: session.user, role: invitation.role, joinedAt: now).auditView,
                workspaceID: invitation.workspaceID,
                in: tx
            )
            tx.notify(Channel.access)
            return invitation
        }
    }
}
