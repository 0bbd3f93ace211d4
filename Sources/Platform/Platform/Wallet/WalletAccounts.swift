import Database
import Ledger
import Primitives

/// The accounts of one workspace, by what they are for.
struct WalletAccounts {
    let workspaceID: Identifier
    let currency: Currency

    subscript(kind: AccountKind) -> AccountReference {
        AccountReference(workspaceID: workspaceID, kind: kind, currency: currency)
    }

    func walletBalance(_ ledger: WalletLedger, in tx: SQLTransaction) throws -> Int64 {
        try ledger.balance(of: self[.wallet], in: tx)
    }
}
