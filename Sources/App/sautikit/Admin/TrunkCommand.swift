import ArgumentParser

/// Carriers.
struct TrunkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trunk",
        abstract: "Add and list carriers.",
        subcommands: [TrunkAddCommand.self, TrunkListCommand.self]
    )
}
