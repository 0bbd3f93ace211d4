import Database
package import Primitives

/// Shows top-ups.
package struct ReadTopups: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// A page, newest first, and whether there are older ones.
    ///
    /// - Throws: `DatabaseError`.
    package func page(
        _ filter: TopupFilter,
        workspaceID: Identifier
    ) async throws -> (topups: [Topup], account: String, hasMore: Bool) {
        var wider = filter
        wider.limit += 1
        let asked = wider
        return try await context.database.read { tx in
            let found = try TopupTable.page(asked, of: workspaceID, in: tx)
            let account = try WorkspaceTable.require(workspaceID, in: tx).mpesaAccountReference
            return (Array(found.prefix(filter.limit)), account, found.count > filter.limit)
        }
    }

    /// One of them.
    ///
    /// - Throws: `PlatformError` `topups.not_found`; `DatabaseError`.
    package func one(_ id: Identifier, workspaceID: Identifier) async throws -> (topup: Topup, account: String) {
        try await context.database.read { tx in
            guard let topup = try TopupTable.find(id, of: workspaceID, in: tx) else {
                throw PlatformError(.topupNotFound, "There is no such top-up. GET /v1/topups lists yours.")
            }
            return (topup, try WorkspaceTable.require(workspaceID, in: tx).mpesaAccountReference)
        }
    }
}
