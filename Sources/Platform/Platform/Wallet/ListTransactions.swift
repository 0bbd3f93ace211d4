import Database
package import Ledger
package import Primitives

/// Lists what moved a workspace's wallet, a page at a time.
package struct ListTransactions: Sendable {
    /// A page of what moved a wallet.
    package struct Page: Sendable {
        /// Newest first, unless the filter says otherwise.
        package let postings: [AccountPosting]
        /// What its reversals reverse, by their ids.
        package let reversed: [Identifier: PostedEntry]
        /// The currency of all.
        package let currency: Currency
        /// Whether there are more behind it.
        package let hasMore: Bool
    }

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// A page.
    ///
    /// - Throws: `PlatformError` for a limit that is not 1 to 100, and `workspace.not_found`; `DatabaseError`.
    package func callAsFunction(
        workspaceID: Identifier,
        _ filter: PostingFilter = PostingFilter()
    ) async throws -> Page {
        guard (1...100).contains(filter.limit) else {
            throw PlatformError(.requestInvalid, "'limit' is 1 to 100.", field: "limit")
        }
        var wider = filter
        wider.limit += 1
        return try await context.database.read { [wider] tx in
            let currency = try WorkspaceTable.require(workspaceID, in: tx).currency
            let wallet = WalletAccounts(workspaceID: workspaceID, currency: currency)[.wallet]
            let found = try AccountPostings.read(wider, of: wallet, in: tx)
            let postings = Array(found.prefix(filter.limit))
            let originals = postings.compactMap { $0.kind == .reversal ? $0.referenceID : nil }
            let reversed = try LedgerEntries.several(originals, in: tx).map { ($0.id, $0) }
            return Page(
                postings: postings,
                reversed: Dictionary(reversed, uniquingKeysWith: { first, _ in first }),
                currency: currency,
                hasMore: found.count > filter.limit
            )
        }
    }
}
