import Database
import Ledger
import Primitives

/// Tells of a wallet that has fallen below thresholds, in the transaction of the posting that took it there. The wallet
/// is locked by that posting, so of any number of charges one is the first that leaves less than a threshold.
struct RaiseAlerts {
    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    /// An event for each threshold, and one mail to everybody who wants them. Nobody is written to for play money.
    func callAsFunction(_ fall: BalanceFall, in tx: SQLTransaction) throws {
        let crossed = try AlertThresholdTable.crossed(
            of: fall.account.workspaceID,
            fallingFrom: fall.beforeMinor,
            to: fall.afterMinor,
            in: tx
        )
        guard let lowest = crossed.last else { return }
        let now = context.clock.now()
        for threshold in crossed {
            try PublishEvent(context)(
                "wallet.low_balance",
                data: [
                    "balance_minor": .integer(fall.afterMinor), "currency": .string(fall.account.currency.code),
                    "threshold_minor": .integer(threshold),
                ],
                workspaceID: fall.account.workspaceID,
                at: now,
                in: tx
            )
        }
        try mail(fall, below: lowest, in: tx)
    }

    private func mail(_ fall: BalanceFall, below threshold: Int64, in tx: SQLTransaction) throws {
        let workspace = try WorkspaceTable.require(fall.account.workspaceID, in: tx)
        guard !workspace.isTest else { return }
        for recipient in try AlertRecipientTable.current(of: workspace.id, in: tx) where recipient.status == .confirmed
        {
            let text = MailText.lowBalance(
                of: workspace,
                balanceMinor: fall.afterMinor,
                thresholdMinor: threshold,
                stop: AlertLinks(context).stop(recipient)
            )
            try QueueMail(context)(text, to: try EmailAddress(parsing: recipient.email, field: "email"), in: tx)
        }
    }
}
