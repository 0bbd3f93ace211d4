import ArgumentParser

/// The numbers that customers can claim.
struct NumbersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "numbers",
        abstract: "Add numbers to the inventory, list all, and stop one from working.",
        subcommands: [
            NumbersAddCommand.self, NumbersListCommand.self, NumbersSuspendCommand.self, NumbersResumeCommand.self,
        ]
    )
}
