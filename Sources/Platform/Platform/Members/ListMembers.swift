import Database
package import Primitives

/// The people of a workspace.
package struct ListMembers: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Longest there first, at most 1,000.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction(workspaceID: Identifier) async throws -> [Member] {
        try await context.database.read { try MembershipTable.members(of: workspaceID, in: $0) }
    }
}
