import Database
package import Primitives

/// Makes a key useless, at once and for ever.
package struct RevokeKey: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Revokes a key; also in a suspended workspace, since a leaked key must be stopped.
    ///
    /// - Throws: `PlatformError` `api_key.not_found` or `api_key.already_revoked`; `DatabaseError`.
    package func callAsFunction(workspaceID: Identifier, keyID: Identifier) async throws {
        let now = context.clock.now()
        try await context.database.write { tx in
            let before = try ManageKeys.require(keyID, of: workspaceID, in: tx)
            guard try KeyTable.revoke(keyID, at: now, in: tx) else {
                throw PlatformError(.keyAlreadyRevoked, "This key was revoked before.")
            }
            try RecordAudit(context)(
                .keyRevoked,
                of: keyID,
                before: before.auditView,
                after: try ManageKeys.require(keyID, of: workspaceID, in: tx).auditView,
                workspaceID: workspaceID,
                in: tx
            )
            tx.notify(Channel.access)
        }
    }
}
