import Database
import Ledger
package import Primitives

/// Shows and changes what a workspace is limited to: the operator within reason, its owners within what the operator allows.
package struct ManageLimits: Sendable {
    /// All that there is to say of a workspace's limits.
    package struct View: Sendable, Equatable {
        /// What holds.
        package let effective: Limits
        /// What the operator allows, defaults included.
        package let bound: Limits
        /// What the workspace has set itself.
        package let own: Limits
        /// What was spent today and what live calls may still cost, in minor units.
        package let committedTodayMinor: Int64
    }

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// The limits as they are.
    ///
    /// - Throws: `PlatformError` `workspace.not_found`; `DatabaseError`.
    package func callAsFunction(workspaceID: Identifier) async throws -> View {
        try await context.database.read { tx in
            try view(try WorkspaceTable.require(workspaceID, in: tx), in: tx)
        }
    }

    /// Changes the limits that the workspace sets itself.
    ///
    /// - Throws: `PlatformError` naming the field, `limits.above_operators`, `api_key.scope_denied` or `workspace.suspended`;
    ///   `DatabaseError`.
    package func change(
        workspaceID: Identifier,
        _ change: @escaping @Sendable (inout Limits) throws -> Void
    ) async throws -> View {
        try await context.database.write { tx in
            var workspace = try WorkspaceTable.requireActive(workspaceID, in: tx)
            try ManageKeys.requireUnlimited(context.asker, in: tx)
            try change(&workspace.ownLimits)
            let faults =
                workspace.ownLimits.faults(prefix: "")
                + workspace.ownLimits.excess(over: workspace.bound(context.settings))
            if let fault = PlatformError(faults) { throw fault }
            return try store(workspace, in: tx)
        }
    }

    /// Changes the limits that the operator sets for a workspace.
    ///
    /// - Throws: `PlatformError` naming the field, or `workspace.not_found`; `DatabaseError`.
    package func changeOperators(
        workspaceID: Identifier,
        _ change: @escaping @Sendable (inout Limits) throws -> Void
    ) async throws -> View {
        try await context.database.write { tx in
            var workspace = try WorkspaceTable.require(workspaceID, in: tx)
            try change(&workspace.operatorLimits)
            if let fault = PlatformError(workspace.operatorLimits.faults(prefix: "")) { throw fault }
            return try store(workspace, in: tx)
        }
    }

    private func store(_ workspace: Workspace, in tx: SQLTransaction) throws -> View {
        let before = try WorkspaceTable.require(workspace.id, in: tx)
        try WorkspaceTable.setLimits(workspace, in: tx)
        try RecordAudit(context)(
            .limitsChanged,
            of: workspace.id,
            before: ["operator": before.operatorLimits.json, "own": before.ownLimits.json],
            after: ["operator": workspace.operatorLimits.json, "own": workspace.ownLimits.json],
            workspaceID: workspace.id,
            in: tx
        )
        return try view(workspace, in: tx)
    }

    private func view(_ workspace: Workspace, in tx: SQLTransaction) throws -> View {
        let today = CommitSpend.day(of: context.clock.now(), context.settings)
        return View(
            effective: workspace.limits(context.settings),
            bound: workspace.bound(context.settings),
            own: workspace.ownLimits,
            committedTodayMinor: try LimitTables.committed(by: workspace.id, on: today, in: tx)
        )
    }
}
