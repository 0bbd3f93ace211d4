import ArgumentParser

/// Operator's work on the database, whether or not a server is running on it.
struct AdminCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "admin",
        abstract: "Operator's work: workspaces, trunks, numbers and porting, prices, payments, limits, the ledger.",
        discussion: """
            Works on the database itself, also while a server runs on it. Examples:

              sautikit admin workspace create --name "Duka" --email dev@example.com --credit-minor 100000 --json
              sautikit admin trunk add --name carrier --address sip.example.net:5060 --transport udp --prefix +254
              sautikit admin numbers add +254201234567 +254201234568
              sautikit admin ports list
              sautikit admin payments list
              sautikit admin limits show 01900000-0000-7000-8000-000000000001
              sautikit admin prices show
              sautikit admin ledger check
            """,
        subcommands: [
            WorkspaceCommand.self, TrunkCommand.self, NumbersCommand.self, PortsCommand.self, PaymentsCommand.self,
            LimitsCommand.self, LedgerCommand.self, PricesCommand.self, RatesCommand.self, WalletCommand.self,
        ]
    )
}
