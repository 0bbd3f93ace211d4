import Database
package import Primitives

/// Reads the audit log of a workspace.
package struct ReadAudit: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// A page of changes, newest first, and whether there are older ones.
    ///
    /// - Throws: `PlatformError` for a limit out of range; `DatabaseError`.
    package func callAsFunction(
        workspaceID: Identifier,
        _ filter: AuditFilter = AuditFilter()
    ) async throws -> (entries: [AuditEntry], hasMore: Bool) {
        guard (1...100).contains(filter.limit) else {
            throw PlatformError(.requestInvalid, "'limit' is 1 to 100.", field: "limit")
        }
        var wanted = filter
        wanted.limit += 1
        let found = try await context.database.read { [wanted] in
            try AuditTable.page(wanted, of: workspaceID, in: $0)
        }
        return (Array(found.prefix(filter.limit)), found.count > filter.limit)
    }
}
