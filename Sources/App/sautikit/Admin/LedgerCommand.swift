import ArgumentParser

/// The books.
struct LedgerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Check the books.",
        subcommands: [LedgerCheckCommand.self]
    )
}
