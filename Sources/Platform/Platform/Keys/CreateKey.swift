import Database
package import Primitives

/// Makes another key for a workspace.
package struct CreateKey: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Makes a key; the secret is shown this once.
    ///
    /// - Throws: `PlatformError` for an unknown or suspended workspace, `DatabaseError`.
    package func callAsFunction(
        workspaceID: Identifier,
        name: String,
        scopes: Set<Scope> = Scope.all
    ) async throws -> (id: Identifier, secret: String) {
        let (id, secret, now) = (
            context.ids.next(), Secret.make(prefix: KeyTable.livePrefix, context.ids), context.clock.now()
        )
        try await context.database.write { tx in
            _ = try WorkspaceTable.requireActive(workspaceID, in: tx)
            try KeyTable.insert(
                id: id,
                workspaceID: workspaceID,
                name: name,
                secret: secret,
                scopes: scopes,
                at: now,
                in: tx
            )
        }
        return (id, secret.text)
    }
}
