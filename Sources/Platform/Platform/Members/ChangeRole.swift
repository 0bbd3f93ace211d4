import Database
package import Primitives

/// Makes a member an owner, or an owner a member.
package struct ChangeRole: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Changes the role; the same role again changes nothing.
    ///
    /// - Throws: `PlatformError` `accounts.role_change_denied`, `accounts.member_not_found`, `accounts.last_owner` or
    ///   `workspace.suspended`; `DatabaseError`.
    package func callAsFunction(_ principal: Principal, userID: Identifier, to role: Role) async throws -> Member {
        guard principal.scopes.contains(.membersManage) else {
            throw PlatformError(.roleChangeDenied, "Only an owner changes roles.")
        }
        return try await context.database.write { tx in
            _ = try WorkspaceTable.requireActive(principal.workspaceID, in: tx)
            let members = try MembershipTable.members(of: principal.workspaceID, in: tx)
            guard let member = members.first(where: { $0.user.id == userID }) else { throw RemoveMember.unknown }
            if member.role == .owner, role != .owner {
                try RemoveMember.requireAnotherOwner(principal.workspaceID, in: tx)
            }
            try MembershipTable.setRole(role, of: userID, in: principal.workspaceID, tx)
            let changed = Member(user: member.user, role: role, joinedAt: member.joinedAt)
            try RecordAudit(context)(
                .memberRoleChanged,
                of: userID,
                before: member.auditView,
                after: changed.auditView,
                workspaceID: principal.workspaceID,
                in: tx
            )
            tx.notify(Channel.access)
            return changed
        }
    }
}
