import Database
package import Primitives

/// Shows the keys of a workspace, and gives one another name or other limits.
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

    /// Gives one another name, other limits, or both.
    ///
    /// - Parameters:
    ///   - name: nil leaves it.
    ///   - change: changes the limits; nil leaves them.
    /// - Throws: `PlatformError` `api_key.not_found`, `api_key.scope_denied`, `workspace.suspended`, or naming the field;
    ///   `DatabaseError`.
    package func change(
        _ id: Identifier,
        workspaceID: Identifier,
        name: String? = nil,
        limits change: (@Sendable (inout Limits) -> Void)? = nil
    ) async throws -> APIKey {
        if let name, let fault = PlatformError(KeyWish(name: name).faults(at: context.clock.now())) { throw fault }
        return try await context.database.write { tx in
            _ = try WorkspaceTable.requireActive(workspaceID, in: tx)
            try Self.requireUnlimited(context.asker, in: tx)
            var key = try Self.require(id, of: workspaceID, in: tx)
            if let name {
                try KeyTable.rename(id, to: name, in: tx)
                key = try noted(.keyRenamed, key, workspaceID, in: tx)
            }
            if let change {
                var limits = key.limits
                change(&limits)
                if let fault = PlatformError(limits.faults(prefix: "limits.")) { throw fault }
                try KeyTable.setLimits(limits, of: id, in: tx)
                key = try noted(.keyLimited, key, workspaceID, in: tx)
            }
            return key
        }
    }

    /// Writes a change down, and returns the key as it is now.
    private func noted(
        _ action: AuditAction,
        _ before: APIKey,
        _ workspaceID: Identifier,
        in tx: SQLTransaction
    ) throws -> APIKey {
        let after = try Self.require(before.id, of: workspaceID, in: tx)
        try RecordAudit(context)(
            action,
            of: before.id,
            before: before.auditView,
            after: after.auditView,
            workspaceID: workspaceID,
            in: tx
        )
        return after
    }

    /// Refuses a key with limits: it could make one without.
    static func requireUnlimited(_ asker: Asker, in tx: SQLTransaction) throws {
        guard asker.kind == .key, let id = asker.id, try KeyTable.limits(of: id, in: tx) != Limits() else { return }
        throw PlatformError(.scopeDenied, "A key that has limits cannot make keys, or change keys and limits.")
    }

    static func require(_ id: Identifier, of workspaceID: Identifier, in tx: SQLTransaction) throws -> APIKey {
        guard let key = try KeyTable.find(id, of: workspaceID, in: tx) else { throw unknown }
        return key
    }
}
