import Database
package import Primitives

/// Makes another workspace the active one of a session, without signing out.
package struct SwitchWorkspace: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Switches.
    ///
    /// - Throws: `PlatformError` `auth.workspace_forbidden` for a workspace that the person does not belong to, or that is
    ///   not there; `DatabaseError`.
    package func callAsFunction(_ session: Session, to workspaceID: Identifier) async throws {
        try await context.database.write { tx in
            guard try MembershipTable.role(of: session.user.id, in: workspaceID, tx) != nil else {
                throw PlatformError(
                    .workspaceForbidden,
                    "You do not belong to this workspace. GET /v1/me lists yours.",
                    field: "workspace_id"
                )
            }
            try SessionTable.setWorkspace(workspaceID, of: session.id, in: tx)
            tx.notify(Channel.access)
        }
    }
}
