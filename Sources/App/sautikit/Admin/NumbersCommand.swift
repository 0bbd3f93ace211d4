import ArgumentParser

/// The numbers that customers can claim.
struct NumbersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "numbers",
        abstract: "Add numbers to the inventory and list all.",
        subcommands: [NumbersAddCommand.self, NumbersListCommand.self]
    )
}
