import Database
package import Primitives

/// Suspends a workspace, or lets it act again.
package struct SuspendWorkspace: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Sets the status; keys that are cached notice within the cache's lifetime.
    ///
    /// - Throws: `PlatformError` `workspace.not_found`, or `DatabaseError`.
    package func callAsFunction(workspaceID: Identifier, status: WorkspaceStatus) async throws {
        try await context.database.write { tx in
            // Calls being placed are waited for, and found among the live ones that the suspension may end.
            let before = try WorkspaceTable.require(workspaceID, locking: tx.dialect.forUpdate, in: tx)
            guard try WorkspaceTable.setStatus(status, of: workspaceID, in: tx) else {
                throw PlatformError(.workspaceNotFound, "There is no workspace \(workspaceID).")
            }
            try RecordAudit(context)(
                status == .suspended ? .workspaceSuspended : .workspaceUnsuspended,
                of: workspaceID,
                before: before.auditView,
                after: try WorkspaceTable.require(workspaceID, in: tx).auditView,
                workspaceID: workspaceID,
                in: tx
            )
            tx.notify(Channel.access)
        }
    }
}
