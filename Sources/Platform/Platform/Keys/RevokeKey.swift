import Database
package import Primitives

/// Makes a key useless, at once and for ever.
package struct RevokeKey: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Revokes a key; false when it is unknown or was revoked before.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction(workspaceID: Identifier, keyID: Identifier) async throws -> Bool {
        let now = context.clock.now()
        return try await context.database.write { tx in
            tx.notify(Channel.access)
            return try KeyTable.revoke(keyID, of: workspaceID, at: now, in: tx)
        }
    }
}
