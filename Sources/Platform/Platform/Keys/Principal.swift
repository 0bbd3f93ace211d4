package import Primitives

/// Who is asking on behalf of a workspace, and what they may do there.
package struct Principal: Sendable, Equatable {
    /// What they showed.
    package enum Actor: Sendable, Equatable {
        /// A key.
        case key(Identifier)
        /// A session of a person.
        case session(Identifier, userID: Identifier, role: Role)
    }

    /// The workspace they act for.
    package let workspaceID: Identifier
    /// What they showed.
    package let actor: Actor
    /// What they may do.
    package let scopes: Set<Scope>
    /// Whether the workspace may act.
    package let workspaceStatus: WorkspaceStatus
    /// How far the workspace's clock is ahead of the server's.
    package var clockOffset: Duration = .zero

    /// The key or session, by which requests are counted.
    package var credentialID: Identifier {
        switch actor {
        case .key(let id), .session(let id, _, _): id
        }
    }

    /// The person; nil for a key.
    package var userID: Identifier? {
        if case .session(_, let userID, _) = actor { userID } else { nil }
    }

    /// Refuses when the key lacks a scope, naming it, or when the person's role does not go so far.
    ///
    /// - Throws: `PlatformError` `api_key.scope_denied` or `accounts.write_denied`.
    package func require(_ scope: Scope) throws(PlatformError) {
        if scopes.contains(scope) { return }
        switch actor {
        case .key: throw PlatformError(.scopeDenied, "This key lacks the scope \(scope.rawValue).")
        case .session(_, _, let role):
            throw PlatformError(
                .writeDenied,
                "The role \(role.rawValue) does not go as far as \(scope.rawValue). Ask an owner of the workspace."
            )
        }
    }
}
