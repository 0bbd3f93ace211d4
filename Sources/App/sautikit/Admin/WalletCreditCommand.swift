import ArgumentParser
import Platform
import Primitives

/// Gives money.
struct WalletCreditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "credit",
        abstract: "Put money of your own into a workspace's wallet, once for each key."
    )

    @Argument(help: "The workspace's id.")
    var workspace: Identifier

    @Option(help: "How much in minor units: 50000 is KES 500.00.")
    var amountMinor: Int64

    @Option(help: "Names the credit, such as the number of a ticket.")
    var key: String

    @Option(help: "Why, as the customer sees it.")
    var reason: String

    @OptionGroup var options: AdminOptions

    func run() async throws {
        let balance = try await options.withPlatform { context in
            try await CreditWallet(context)(
                workspaceID: workspace,
                amountMinor: amountMinor,
                key: key,
                description: reason
            )
        }
        options.show(
            [
                "workspace_id": .string(workspace.uuidString), "amount_minor": .integer(amountMinor),
                "balance_minor": .integer(balance),
            ],
            ["\(Shillings.text(minor: amountMinor)) credited; the balance is \(Shillings.text(minor: balance))."]
        )
    }
}
