import Database
import Primitives

/// There is money again: what a wallet could not pay is looked at at once.
struct RetryUnpaid {
    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    func callAsFunction(_ workspaceID: Identifier, in tx: SQLTransaction) throws {
        let now = context.serverClock.now()
        try NumberTable.lookAtUnpaid(of: workspaceID, at: now, in: tx)
        try StorageBillTable.lookAtUnpaid(of: workspaceID, at: now, in: tx)
    }
}
