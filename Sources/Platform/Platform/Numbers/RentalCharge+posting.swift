import Database
import Ledger
import Primitives

extension RentalCharge {
    /// Takes the rental and its VAT from the wallet; nothing is taken when nothing is owed.
    ///
    /// - Throws: `PlatformError` `wallet.insufficient_funds`; `DatabaseError`.
    func post(
        for number: VoiceNumber,
        to workspace: Workspace,
        _ context: PlatformContext,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws {
        guard try tryPost(for: number, to: workspace, context, at: now, in: tx) else {
            throw PlatformError(
                .insufficientFunds,
                "The rest of this month costs \(JSONValue.decimal(minor: totalMinor).text) KES with VAT. Top up the wallet."
            )
        }
    }

    /// Names the rental of a month, which ends at a moment.
    static func key(of numberID: Identifier, paidUntil: Timestamp) -> String {
        "rental:\(numberID):\(paidUntil.millisecondsSinceEpoch)"
    }

    /// The same; false when the wallet has too little, and then nothing is taken.
    func tryPost(
        for number: VoiceNumber,
        to workspace: Workspace,
        _ context: PlatformContext,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws -> Bool {
        guard netMinor > 0 else { return true }
        let accounts = WalletAccounts(workspaceID: workspace.id, currency: workspace.currency)
        guard try accounts.walletBalance(context.ledger, in: tx) >= totalMinor else { return false }
        let entry = EntryDraft(
            key: Self.key(of: number.id, paidUntil: paidUntil),
            kind: .numberRental,
            description: "Rental of \(number.e164), \(days) of \(daysInMonth) days",
            referenceID: number.id,
            postings: postings(accounts, isRefund: false)
        )
        _ = try context.ledger.post(entry, at: now, in: tx)
        return true
    }
}
