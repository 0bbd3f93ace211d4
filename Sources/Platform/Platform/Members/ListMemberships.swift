import Database
package import Primitives

/// The workspaces of a person.
package struct ListMemberships: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Oldest first, at most 1,000.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction(userID: Identifier) async throws -> [Membership] {
        try await context.database.read { try MembershipTable.all(of: userID, in: $0) }
    }
}
