import ArgumentParser
import Platform
import Primitives

/// Pays a charge back.
struct WalletRefundCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refund",
        abstract: "Pay back a charge or a part of it, once for each key and never more than it was."
    )

    @Argument(help: "The charge's id, as its customer sees it: txn_…")
    var transaction: Identifier

    @Option(help: "How much in minor units; all that is left by default.")
    var amountMinor: Int64?

    @Option(help: "Names the refund, such as the number of a ticket.")
    var key: String

    @Option(help: "Why, as the customer sees it.")
    var reason: String

    @OptionGroup var options: AdminOptions

    func run() async throws {
        let refund = try await options.withPlatform { context in
            try await RefundCharge(context)(transaction, amountMinor: amountMinor, key: key, reason: reason)
        }
        options.show(
            [
                "id": .string(refund.id.rendered(prefix: "txn")),
                "reverses": .string(transaction.rendered(prefix: "txn")),
                "workspace_id": .string(refund.workspaceID.uuidString),
                "amount_minor": .integer(refund.amountMinor), "balance_minor": .integer(refund.balanceMinor),
            ],
            [
                "\(Shillings.text(minor: refund.amountMinor)) refunded; the balance is \(Shillings.text(minor: refund.balanceMinor))."
            ]
        )
    }
}
