import Database
package import Ledger
package import Primitives

/// Lists what moved a workspace's wallet, a page at a time.
package struct ListTransactions: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// A page, newest first unless the filter says otherwise; whether there are more behind it; and the currency of
    /// all.
    ///
    /// - Throws: `PlatformError` for a limit that is not 1 to 100, and `workspace.not_found`; `DatabaseError`.
    package func callAsFunction(
        workspaceID: Identifier,
        _ filter: PostingFilter = PostingFilter()
    ) async throws -> (postings: [AccountPosting], currency: Currency, hasMore: Bool) {
        guard (1...100).contains(filter.limit) else {
            throw PlatformError(.requestInvalid, "'limit' is 1 to 100.", field: "limit")
        }
        var wider = filter
        wider.limit += 1
        return try await context.database.read { [wider] tx in
            let currency = try WorkspaceTable.require(workspaceID, in: tx).currency
            let wallet = WalletAccounts(workspaceID: workspaceID, currency: currency)[.wallet]
            let found = try AccountPostings.read(wider, of: wallet, in: tx)
            return (Array(found.prefix(filter.limit)), currency, found.count > filter.limit)
        }
    }
}
