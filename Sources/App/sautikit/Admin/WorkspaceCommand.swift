import ArgumentParser

/// Customers' workspaces.
struct WorkspaceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workspace",
        abstract: "Make workspaces, suspend them, and let them act again.",
        subcommands: [
            WorkspaceCreateCommand.self, WorkspaceSuspendCommand.self, WorkspaceUnsuspendCommand.self,
        ]
    )
}
