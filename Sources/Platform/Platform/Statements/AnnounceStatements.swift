import Database
import Ledger
import Primitives

/// Writes to each workspace whose wallet moved that the statement of the last month is there, once, whatever the number of
/// workers: the run's row says how far it has come, in the transaction of the mails.
package struct AnnounceStatements: Sendable {
    private static let batch = 200

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Goes through all workspaces, unless somebody has, and returns how many were written to.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction() async throws -> Int {
        let month = BillingMonth.last(before: context.clock.now(), context.settings)
        if try await context.database.read({ try StatementRunTable.isDone(month.start, in: $0) }) { return 0 }
        var total = 0
        while !Task.isCancelled {
            let told = try await context.database.write(isolation: .readCommitted) { try batch(of: month, in: $0) }
            guard let told else { break }
            total += told
        }
        return total
    }

    /// Nil when there is nobody left.
    private func batch(of month: CivilMonth, in tx: SQLTransaction) throws -> Int? {
        guard let last = try StatementRunTable.take(month.start, in: tx) else { return nil }
        let workspaces = try WorkspaceTable.live(after: last, limit: Self.batch, in: tx)
        let isDone = workspaces.count < Self.batch
        try StatementRunTable.advance(
            month.start,
            to: workspaces.last?.id,
            doneAt: isDone ? context.clock.now() : nil,
            in: tx
        )
        var count = 0
        for workspace in workspaces where try hasMoved(workspace, in: month, tx) {
            let name = BillingMonth.text(month, context.settings)
            let text = MailText.statement(of: workspace, month: name, publicURL: context.settings.publicURL)
            try MailWorkspace(context)(text, workspace, in: tx)
            count += 1
        }
        return count
    }

    private func hasMoved(_ workspace: Workspace, in month: CivilMonth, _ tx: SQLTransaction) throws -> Bool {
        var filter = PostingFilter()
        (filter.from, filter.to, filter.limit) = (month.start, month.end, 1)
        let accounts = WalletAccounts(workspaceID: workspace.id, currency: workspace.currency)
        return try !AccountPostings.read(filter, of: accounts[.wallet], in: tx).isEmpty
    }
}
