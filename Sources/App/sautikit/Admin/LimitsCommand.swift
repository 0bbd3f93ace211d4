import ArgumentParser

/// What workspaces are limited to.
struct LimitsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "limits",
        abstract: "Show and set what a workspace's calls and claims are limited to.",
        subcommands: [LimitsShowCommand.self, LimitsSetCommand.self]
    )
}
