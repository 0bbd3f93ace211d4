import ArgumentParser

/// Customers' workspaces.
struct WorkspaceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workspace",
        abstract: "Make workspaces.",
        subcommands: [WorkspaceCreateCommand.self]
    )
}
