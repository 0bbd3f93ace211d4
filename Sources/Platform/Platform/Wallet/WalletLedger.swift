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
        try ledger.post(entry, at: moment, in: tx) { fall in
            guard fall.account.kind == .wallet else { return }
            try RaiseAlerts(context)(fall, in: tx)
        }
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
