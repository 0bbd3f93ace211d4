import Database
import Ledger
package import Primitives

/// Reads a workspace's balance.
package struct GetWallet: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// The wallet as the last commit left it.
    ///
    /// - Throws: `PlatformError` `workspace.not_found`, or `DatabaseError`.
    package func callAsFunction(workspaceID: Identifier) async throws -> Wallet {
        try await context.database.read { tx in
            let workspace = try WorkspaceTable.require(workspaceID, in: tx)
            let accounts = WalletAccounts(workspaceID: workspaceID, currency: workspace.currency)
            let minor = try accounts.walletBalance(context.ledger, in: tx)
            return Wallet(
                workspaceID: workspaceID,
                balance: Money(minor: minor, currency: workspace.currency),
                heldMinor: try context.ledger.balance(of: accounts[.held], in: tx),
                lowBalanceThresholdMinor: workspace.lowBalanceThresholdMinor
            )
        }
    }
}
