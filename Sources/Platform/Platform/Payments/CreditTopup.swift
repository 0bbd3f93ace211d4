import Database
import Ledger
import Primitives

/// Moves a payment's money into a wallet, and tells of it.
struct CreditTopup {
    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    /// - Parameters:
    ///   - payment: one that is credited, and names its workspace and top-up.
    ///   - source: where the money is until now.
    ///   - topup: what it confirms; a payment to the Paybill gets one of its own.
    func callAsFunction(
        _ payment: Payment,
        to workspace: Workspace,
        from source: AccountReference,
        confirming topup: Topup?,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws {
        guard let topupID = payment.topupID else { throw DatabaseError.statement("a credited payment has a top-up") }
        if topup == nil {
            try TopupTable.insert(paybill(payment, topupID, workspace, at: now), in: tx)
        } else {
            try TopupTable.confirm(topupID, with: payment.id, receipt: payment.receipt, at: now, in: tx)
        }
        let accounts = WalletAccounts(workspaceID: workspace.id, currency: workspace.currency)
        let entry = EntryDraft(
            key: "payment:\(payment.id)",
            kind: .topup,
            description: topup == nil ? "M-Pesa Paybill" : "M-Pesa",
            referenceID: topupID,
            postings: [
                .init(.debit, payment.amountMinor, source), .init(.credit, payment.amountMinor, accounts[.wallet]),
            ]
        )
        _ = try context.ledger.post(entry, at: now, in: tx)
        try RetryUnpaid(context)(workspace.id, in: tx)
        let balance = try accounts.walletBalance(context.ledger, in: tx)
        try PublishEvent(context)(
            "wallet.top_up",
            data: [
                "topup_id": .string(topupID.rendered(prefix: "top")), "amount_minor": .integer(payment.amountMinor),
                "currency": .string(workspace.currency.code), "new_balance_minor": .integer(balance),
                "provider": "mpesa", "provider_reference": JSONValue(payment.receipt),
            ],
            workspaceID: workspace.id,
            at: now,
            in: tx
        )
    }

    private func paybill(_ payment: Payment, _ id: Identifier, _ workspace: Workspace, at now: Timestamp) -> Topup {
        Topup(
            id: id,
            workspaceID: workspace.id,
            method: .paybill,
            status: .confirmed,
            phone: nil,
            amountMinor: payment.amountMinor,
            currency: workspace.currency,
            checkoutRequestID: nil,
            receipt: payment.receipt,
            failure: nil,
            isTest: payment.isTest,
            createdAt: now,
            askedAt: nil,
            endedAt: now,
            paymentID: payment.id,
            step: .done,
            attempts: 0
        )
    }
}
