import Database
import Ledger
package import Primitives

/// Says whose a payment is that waits in suspense.
package struct ResolvePayment: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Those that wait, oldest first, at most 1,000.
    ///
    /// - Throws: `DatabaseError`.
    package func waiting() async throws -> [Payment] {
        try await context.database.read(snapshot: .perStatement) { try PaymentTable.inSuspense(limit: 1000, in: $0) }
    }

    /// Puts a waiting payment into a workspace's wallet.
    ///
    /// - Parameter receipt: the payment's receipt number.
    /// - Throws: `PlatformError` `payments.not_found`, `payments.not_waiting` or `workspace.not_found`; `DatabaseError`.
    package func callAsFunction(receipt: String, to workspaceID: Identifier) async throws {
        let now = context.clock.now()
        try await context.database.write(isolation: .readCommitted) { tx in
            let workspace = try WorkspaceTable.takeTurn(workspaceID, in: tx)
            guard let payment = try PaymentTable.lock(receipt: receipt, isTest: workspace.isTest, in: tx) else {
                throw PlatformError(.paymentNotFound, "No payment has the receipt \(receipt).")
            }
            guard payment.status == .suspense else {
                throw PlatformError(.paymentNotWaiting, "The payment \(receipt) is in a wallet already.")
            }
            try give(payment, to: nil, of: workspace.id, at: now, in: tx)
            try RecordAudit(context)(
                .paymentResolved,
                of: payment.id,
                after: ["receipt": .string(receipt), "amount_minor": .integer(payment.amountMinor)],
                workspaceID: workspace.id,
                in: tx
            )
        }
    }

    /// The same in the caller's transaction, which has the workspace's turn.
    func give(
        _ payment: Payment,
        to topup: Topup?,
        of workspaceID: Identifier,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws {
        let workspace = try WorkspaceTable.require(workspaceID, in: tx)
        guard let suspense = OperatorAccounts.reference(.suspense, isTest: payment.isTest) else {
            throw DatabaseError.statement("the operator has no account")
        }
        try PaymentTable.resolve(payment.id, to: workspace.id, topup?.id ?? context.ids.next(), in: tx)
        guard let credited = try PaymentTable.lock(payment.id, in: tx) else {
            throw DatabaseError.statement("a payment is gone")
        }
        try CreditTopup(context)(credited, to: workspace, from: suspense, confirming: topup, at: now, in: tx)
    }
}
