import Database
import Ledger
import Primitives

/// Sets aside what a capped call may cost, so that nothing else spends it, and gives it back when the call has ended.
struct CallHold {
    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    func place(for call: Call, in tx: SQLTransaction) throws {
        guard let cap = call.maxCostMinor else { return }
        let accounts = WalletAccounts(workspaceID: call.workspaceID, currency: call.currency)
        let entry = EntryDraft(
            key: "hold:\(call.id)",
            kind: .hold,
            description: "Set aside for a call to \(call.to)",
            referenceID: call.id,
            postings: [.init(.debit, cap, accounts[.wallet]), .init(.credit, cap, accounts[.held])]
        )
        _ = try context.ledger.post(entry, at: call.createdAt, in: tx)
    }

    /// Before the call is charged, in the same transaction: the wallet never shows less than it has. Locks what the charge
    /// will need, so that whoever settles another call does not wait for this one while this one waits for them.
    func release(_ call: Call, at moment: Timestamp, in tx: SQLTransaction) throws {
        guard let cap = call.maxCostMinor else { return }
        let accounts = WalletAccounts(workspaceID: call.workspaceID, currency: call.currency)
        try context.ledger.lock([accounts[.held], accounts[.revenue], accounts[.wallet]], in: tx)
        let entry = EntryDraft(
            key: "release:\(call.id)",
            kind: .release,
            description: "Back from a call to \(call.to)",
            referenceID: call.id,
            postings: [.init(.debit, cap, accounts[.held]), .init(.credit, cap, accounts[.wallet])]
        )
        _ = try context.ledger.post(entry, at: moment, in: tx)
    }
}
