import Database
package import Primitives

/// Makes another key for a workspace.
package struct CreateKey: Sendable {
    /// A key that was made.
    package struct Created: Sendable {
        /// The key.
        package let key: APIKey
        /// The bearer secret, shown this once.
        package let secret: String
    }

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Makes a key.
    ///
    /// - Parameter limit: what the maker may do themselves: nobody makes a key that may do more.
    /// - Throws: `PlatformError` naming the field, `api_key.scope_denied`, or for an unknown or suspended workspace;
    ///   `DatabaseError`.
    package func callAsFunction(
        workspaceID: Identifier,
        _ wish: KeyWish,
        limit: Set<Scope> = Scope.all
    ) async throws -> Created {
        let now = context.clock.now()
        if let fault = PlatformError(wish.faults(at: now)) { throw fault }
        let excess = wish.scopes.subtracting(limit).map(\.rawValue).sorted()
        if let first = excess.first {
            throw PlatformError(
                .scopeDenied,
                "You lack the scope \(first), so a key of yours cannot have it.",
                field: "scopes"
            )
        }
        let (id, secret) = (context.ids.next(), Secret.make(prefix: KeyTable.livePrefix, context.ids))
        return try await context.database.write { tx in
            _ = try WorkspaceTable.requireActive(workspaceID, in: tx)
            try KeyTable.insert(wish, id: id, workspaceID: workspaceID, secret: secret, at: now, in: tx)
            guard let key = try KeyTable.find(id, of: workspaceID, in: tx) else { throw ManageKeys.unknown }
            return Created(key: key, secret: secret.text)
        }
    }
}
