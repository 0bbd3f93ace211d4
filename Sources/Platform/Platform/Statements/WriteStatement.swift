import Database
import Ledger
package import Primitives

/// Writes the statements of a workspace's wallet: the ledger's own sums, whatever the number of movements.
package struct WriteStatement: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// The statement of a month that is over. What is in it never changes again.
    ///
    /// - Parameter month: `2026-06`.
    /// - Throws: `PlatformError` `request.invalid` for what is no month since 1970, `wallet.month_not_over`,
    ///   `workspace.not_found`; `DatabaseError`.
    package func callAsFunction(workspaceID: Identifier, month: String) async throws -> Statement {
        let civil = try BillingMonth.over(month, context)
        let workspace = try await context.database.write(isolation: .readCommitted) { tx in
            let workspace = try WorkspaceTable.require(workspaceID, in: tx)
            let accounts = WalletAccounts(workspaceID: workspaceID, currency: workspace.currency)
            // From here on nothing is posted into the month, not by a late writer either.
            try context.ledger.close(accounts[.wallet], before: civil.end, in: tx)
            return workspace
        }
        return try await context.database.read { tx in try statement(workspace, month, civil, in: tx) }
    }

    /// The months that there are statements of, newest first, from the month that the workspace was made in; and whether
    /// there are earlier ones.
    ///
    /// - Parameters:
    ///   - before: only months before this one: `2026-06`.
    ///   - limit: at most so many.
    /// - Throws: `PlatformError` `request.invalid` for a cursor that is no month, `workspace.not_found`; `DatabaseError`.
    package func months(
        workspaceID: Identifier,
        before: String?,
        limit: Int
    ) async throws -> (months: [String], hasMore: Bool) {
        if let before { _ = try BillingMonth.start(of: before, field: "cursor") }
        let made = try await context.database.read { try WorkspaceTable.require(workspaceID, in: $0).createdAt }
        var (months, month) = ([String](), BillingMonth.last(before: context.clock.now(), context.settings))
        while month.end > made, months.count <= limit {
            let text = BillingMonth.text(month, context.settings)
            if before.map({ text < $0 }) ?? true { months.append(text) }
            month = BillingMonth.last(before: month.start, context.settings)
        }
        return (Array(months.prefix(limit)), months.count > limit)
    }

    private func statement(
        _ workspace: Workspace,
        _ month: String,
        _ civil: CivilMonth,
        in tx: SQLTransaction
    ) throws -> Statement {
        let accounts = WalletAccounts(workspaceID: workspace.id, currency: workspace.currency)
        let moved = try AccountSum.read(of: accounts[.wallet], from: civil.start, to: civil.end, in: tx)
        let taxed = try AccountSum.read(of: accounts[.tax], from: civil.start, to: civil.end, in: tx)
        return Statement(
            workspace: workspace,
            month: month,
            from: civil.start,
            to: civil.end,
            openingMinor: try balance(accounts, before: civil.start, in: tx),
            closingMinor: try balance(accounts, before: civil.end, in: tx),
            lines: moved.map { sum in
                let tax = taxed.first { $0.kind == sum.kind }
                return Statement.Line(
                    kind: sum.kind,
                    count: sum.count,
                    creditMinor: sum.raisedMinor,
                    debitMinor: sum.loweredMinor,
                    taxMinor: (tax?.raisedMinor ?? 0) - (tax?.loweredMinor ?? 0)
                )
            }
        )
    }

    /// What the last movement before a moment left.
    private func balance(_ accounts: WalletAccounts, before moment: Timestamp, in tx: SQLTransaction) throws -> Int64 {
        var filter = PostingFilter()
        (filter.to, filter.limit) = (moment, 1)
        return try AccountPostings.read(filter, of: accounts[.wallet], in: tx).first?.balanceAfterMinor ?? 0
    }
}
