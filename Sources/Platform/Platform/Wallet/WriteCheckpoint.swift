import Database
package import Ledger
package import Primitives

/// Writes the signed checkpoint of a workspace's wallet for a month of the business.
package struct WriteCheckpoint: Sendable {
    /// Postings that are read at once.
    private static let batch = 1000

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// The checkpoint; the same one whenever it is asked for, as long as the master key is the same.
    ///
    /// - Parameter month: `2026-06`.
    /// - Throws: `PlatformError` `request.invalid` for what is no month since 1970, `wallet.month_not_over`,
    ///   `workspace.not_found`; `DatabaseError`, also when the stored history is not the one that was signed before.
    package func callAsFunction(workspaceID: Identifier, month: String) async throws -> LedgerCheckpoint {
        let civil = try BillingMonth.over(month, context)
        let currency = try await context.database.write(isolation: .readCommitted) { tx in
            let currency = try WorkspaceTable.require(workspaceID, in: tx).currency
            let wallet = WalletAccounts(workspaceID: workspaceID, currency: currency)[.wallet]
            // From here on nothing is posted into the month, not by a late writer either.
            try context.ledger.close(wallet, before: civil.end, in: tx)
            return currency
        }
        let wallet = WalletAccounts(workspaceID: workspaceID, currency: currency)[.wallet]
        let span = CheckpointSpan(account: wallet, month: month, from: civil.start, to: civil.end)
        let key = try context.secrets.checkpointKey()
        let checkpoint = try await context.database.read { tx in
            let opening = try opening(of: span, in: tx)
            var postings: [AccountPosting] = []
            try walk(wallet, from: span.from, to: span.to, in: tx) { postings.append($0) }
            return try LedgerCheckpoint(span, opening: opening, postings: postings, key: key)
        }
        try await keep(checkpoint)
        return checkpoint
    }

    /// The state at the beginning of the month, from the latest one that was kept.
    private func opening(of span: CheckpointSpan, in tx: SQLTransaction) throws -> CheckpointState {
        let known = try CheckpointTable.latest(of: span.account, upTo: span.from, in: tx)
        var state = known?.state ?? .start(of: span.account)
        try walk(span.account, from: known?.endsAt, to: span.from, in: tx) { state = state.after($0) }
        return state
    }

    private func walk(
        _ account: AccountReference,
        from: Timestamp?,
        to: Timestamp,
        in tx: SQLTransaction,
        _ body: (AccountPosting) -> Void
    ) throws {
        var filter = PostingFilter()
        (filter.from, filter.to, filter.isRising, filter.limit) = (from, to, true, Self.batch)
        while true {
            let postings = try AccountPostings.read(filter, of: account, in: tx)
            postings.forEach(body)
            guard postings.count == Self.batch, let last = postings.last else { return }
            filter.after = last.entryID
        }
    }

    /// What was signed once is never signed otherwise.
    private func keep(_ checkpoint: LedgerCheckpoint) async throws {
        let (span, closing) = (checkpoint.span, checkpoint.closing)
        try await context.database.write(isolation: .readCommitted) { tx in
            try CheckpointTable.insert(closing, of: span.account, endsAt: span.to, in: tx)
            let kept = try CheckpointTable.latest(of: span.account, upTo: span.to, in: tx)
            guard let kept, kept.endsAt == span.to, kept.state != closing else { return }
            throw DatabaseError.statement("the postings of \(span.month) are not those that were signed before")
        }
    }
}
