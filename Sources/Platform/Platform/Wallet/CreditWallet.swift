import Database
package import Ledger
package import Primitives

/// Puts money into a wallet, once per key.
package struct CreditWallet: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Credits `amountMinor` and returns the new balance in minor units.
    ///
    /// - Parameters:
    ///   - amountMinor: above zero.
    ///   - description: why; 1 to 200 bytes, which the customer sees.
    ///   - key: names the fact within the workspace; the same key again changes nothing.
    ///   - source: `receipts` for a payment, `operatorCredit` for a gift.
    /// - Throws: `PlatformError` for an unknown workspace or a bad amount, and `idempotency.conflict` for a key that was
    ///   used with another amount or source; `DatabaseError`.
    @discardableResult
    package func callAsFunction(
        workspaceID: Identifier,
        amountMinor: Int64,
        key: String,
        description: String,
        source: AccountKind = .operatorCredit
    ) async throws -> Int64 {
        if let fault = PlatformError(WalletText.faults(amountMinor, key: key, reason: description)) { throw fault }
        return try await context.database.write(isolation: .readCommitted) { tx in
            let workspace = try WorkspaceTable.require(workspaceID, in: tx)
            let accounts = WalletAccounts(workspaceID: workspaceID, currency: workspace.currency)
            let entry = EntryDraft(
                key: "wallet:\(workspaceID):\(key)",
                kind: source == .receipts ? .topup : .credit,
                description: description,
                postings: [
                    .init(.debit, amountMinor, accounts[source]), .init(.credit, amountMinor, accounts[.wallet]),
                ]
            )
            if try post(entry, context.onClock(of: workspace), in: tx) == .posted {
                try RetryUnpaid(context)(workspaceID, in: tx)
                try RecordAudit(context)(
                    .walletCredited,
                    of: workspaceID,
                    after: [
                        "amount_minor": .integer(amountMinor), "currency": .string(workspace.currency.code),
                        "description": .string(description),
                    ],
                    workspaceID: workspaceID,
                    in: tx
                )
            }
            return try accounts.walletBalance(context.ledger, in: tx)
        }
    }

    private func post(_ entry: EntryDraft, _ context: PlatformContext, in tx: SQLTransaction) throws -> PostResult {
        do {
            return try context.ledger.post(entry, at: context.clock.now(), in: tx)
        } catch LedgerError.keyReused {
            throw PlatformError(.idempotencyConflict, "This key was used for another credit.", field: "key")
        }
    }
}
