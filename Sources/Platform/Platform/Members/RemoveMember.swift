import Database
package import Primitives

/// Takes somebody out of a workspace: an owner anybody, and everybody themselves.
package struct RemoveMember: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Removes a person; their keys stay, since they are the workspace's.
    ///
    /// - Throws: `PlatformError` `accounts.remove_denied`, `accounts.member_not_found`, `accounts.last_owner` or
    ///   `workspace.suspended`; `DatabaseError`.
    package func callAsFunction(_ principal: Principal, userID: Identifier) async throws {
        guard principal.scopes.contains(.membersManage) || principal.userID == userID else {
            throw PlatformError(.removeDenied, "Only an owner removes others. You may leave by removing yourself.")
        }
        try await context.database.write { tx in
            _ = try WorkspaceTable.requireActive(principal.workspaceID, in: tx)
            let members = try MembershipTable.members(of: principal.workspaceID, in: tx)
            guard let member = members.first(where: { $0.user.id == userID }) else { throw Self.unknown }
            if member.role == .owner { try Self.requireAnotherOwner(principal.workspaceID, in: tx) }
            try MembershipTable.remove(userID, from: principal.workspaceID, in: tx)
            try RecordAudit(context)(
                .memberRemoved,
                of: userID,
                before: member.auditView,
                workspaceID: principal.workspaceID,
                in: tx
            )
            tx.notify(Channel.access)
        }
    }

    static let unknown = PlatformError(.memberNotFound, "This person is not a member. GET /v1/members lists them.")

    /// A workspace always has an owner (seed: "Workspaces").
    static func requireAnotherOwner(_ workspaceID: Identifier, in tx: SQLTransaction) throws {
        guard try MembershipTable.ownerCount(of: workspaceID, in: tx) > 1 else {
            throw PlatformError(.lastOwner, "A workspace needs an owner. Make somebody else an owner first.")
        }
    }
}
