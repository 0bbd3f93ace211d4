import Database
package import Primitives

/// Shows the keys of a workspace, and gives one another name.
package struct ManageKeys: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    static let unknown = PlatformError(.keyNotFound, "There is no such key. GET /v1/api-keys lists yours.")

    /// Those that are not revoked first, newest first, at most 1,000.
    ///
    /// - Throws: `DatabaseError`.
    package func all(workspaceID: Identifier) async throws -> [APIKey] {
        try await context.database.read { try KeyTable.all(of: workspaceID, in: $0) }
    }

    /// One of them.
    ///
    /// - Throws: `PlatformError` `api_key.not_found`; `DatabaseError`.
    package func one(_ id: Identifier, workspaceID: Identifier) async throws -> APIKey {
        try await context.database.read { try Self.require(id, of: workspaceID, in: $0) }
    }

    /// Gives one another name.
    ///
    /// - Throws: `PlatformError` `api_key.not_found`, `workspace.suspended`, or naming the field; `DatabaseError`.
    package func rename(_ id: Identifier, to name: String, workspaceID: Identifier) async throws -> APIKey {
        if let fault = PlatformError(KeyWish(name: name).faults(at: context.clock.now())) { throw fault }
        return try await context.database.write { tx in
            _ = try WorkspaceTable.requireActive(workspaceID, in: tx)
            let before = try Self.require(id, of: workspaceID, in: tx)
            try KeyTable.rename(id, to: name, in: tx)
            let after = try Self.require(id, of: workspaceID, in: tx)
            try RecordAudit(context)(
                .keyRenamed,
                of: id,
                before: before.auditView,
                after: after.auditView,
                workspaceID: workspaceID,
                in: tx
            )
            return after
        }
    }

    static func require(_ id: Identifier, of workspaceID: Identifier, in tx: SQLTransaction) throws -> APIKey {
        guard let key = try KeyTable.find(id, of: workspaceID, in: tx) else { throw unknown }
        return key
    }
}
