import Database
package import Primitives

/// Says whether pages of a site may be telephones of a workspace.
package struct AllowOrigin: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// - Parameter origin: the page's `Origin` header.
    /// - Throws: `DatabaseError`.
    package func callAsFunction(_ origin: String, workspaceID: Identifier) async throws -> Bool {
        try await context.database.read { try BrowserOriginTable.allows(origin, of: workspaceID, in: $0) }
    }
}
