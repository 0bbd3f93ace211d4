import ArgumentParser

/// Customers' money.
struct WalletCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wallet",
        abstract: "Give credits, and refund charges.",
        discussion: """
            A key names what is given: the same key again changes nothing.

              sautikit admin wallet credit 01900000-0000-7000-8000-000000000001 \\
                --amount-minor 50000 --key ticket-812 --reason "Sorry for the outage"
              sautikit admin wallet refund txn_01kw48db84fap811yqm2b6xz3k --key ticket-813 --reason "Nobody was heard"
            """,
        subcommands: [WalletCreditCommand.self, WalletRefundCommand.self]
    )
}
