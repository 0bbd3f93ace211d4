package import Primitives

/// Who is asking: a key of a workspace.
package struct Principal: Sendable, Equatable {
    /// The workspace the key belongs to.
    package let workspaceID: Identifier
    /// The key.
    package let keyID: Identifier
    /// What it may do.
    package let scopes: Set<Scope>
    /// Whether the workspace may act.
    package let workspaceStatus: WorkspaceStatus

    /// Refuses when the key lacks a scope, naming it.
    ///
    /// - Throws: `PlatformError` `api_key.scope_denied`.
    package func require(_ scope: Scope) throws(PlatformError) {
        guard scopes.contains(scope) else {
            throw PlatformError(.scopeDenied, "This key lacks the scope \(scope.rawValue).")
        }
    }
}
