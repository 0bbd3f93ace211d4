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
        guard let entry = entry(for: number, to: workspace) else { return }
        let accounts = WalletAccounts(workspaceID: workspace.id, currency: workspace.currency)
        guard try accounts.walletBalance(context.ledger, in: tx) >= totalMinor else {
            throw PlatformError(
                .insufficientFunds,
                "The rest of this month costs \(JSONValue.decimal(minor: totalMinor).text) KES with VAT. Top up the wallet."
            )
        }
        _ = try context.ledger.post(entry, at: now, in: tx)
    }

    /// Names the rental of a month, which ends at a moment.
    static func key(of numberID: Identifier, paidUntil: Timestamp) -> String {
        "rental:\(numberID):\(paidUntil.millisecondsSinceEpoch)"
    }

    /// The movement, whose key is the number's and the month's; nil when nothing is owed.
    func entry(for number: VoiceNumber, to workspace: Workspace) -> EntryDraft? {
        guard netMinor > 0 else { return nil }
        return EntryDraft(
            key: Self.key(of: number.id, paidUntil: paidUntil),
            kind: .numberRental,
            description: "Rental of \(number.e164), \(days) of \(daysInMonth) days",
            referenceID: number.id,
            postings: postings(WalletAccounts(workspaceID: workspace.id, currency: workspace.currency), isRefund: false)
        )
    }
}
