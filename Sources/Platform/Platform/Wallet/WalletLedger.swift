import Database
import Ledger
import Primitives

/// The ledger of the use cases. Whatever lowers a wallet passes here, so that no movement escapes the alerts.
struct WalletLedger {
    private let context: PlatformContext
    private let ledger: Ledger

    init(_ context: PlatformContext) {
        self.context = context
        ledger = Ledger(ids: context.ids)
    }

    /// Posts an entry, and raises the alerts of the thresholds that a wallet falls below with it.
    func post(_ entry: EntryDraft, at moment: Timestamp, in tx: SQLTransaction) throws -> PostResult {
        try post([entry], at: moment, in: tx).first ?? .alreadyPosted
    }

    /// The same for several of one time.
    func post(_ entries: [EntryDraft], at moment: Timestamp, in tx: SQLTransaction) throws -> [PostResult] {
        // What is set aside comes back before the call is charged: that alone may be a fall.
        let isHold = entries.allSatisfy { $0.kind == .hold }
        return try ledger.post(entries, at: moment, in: tx) { fall in
            guard fall.account.kind == .wallet, !isHold else { return }
            try RaiseAlerts(context)(fall, in: tx)
        }
    }

    func balances(
        of kind: AccountKind,
        _ currency: Currency,
        workspaceIDs: [Identifier],
        in tx: SQLTransaction
    ) throws -> [Identifier: Int64] {
        try ledger.balances(of: kind, currency, workspaceIDs: workspaceIDs, in: tx)
    }

    func lock(_ accounts: [AccountReference], in tx: SQLTransaction) throws {
        try ledger.lock(accounts, in: tx)
    }

    func balance(of account: AccountReference, in tx: SQLTransaction) throws -> Int64 {
        try ledger.balance(of: account, in: tx)
    }

    func close(_ account: AccountReference, before moment: Timestamp, in tx: SQLTransaction) throws {
        try ledger.close(account, before: moment, in: tx)
    }

    func mark(_ account: AccountReference, at minor: Int64?, in tx: SQLTransaction) throws {
        try ledger.mark(account, at: minor, in: tx)
    }
}
