import ArgumentParser
import Platform
import Primitives

/// Lets a workspace act again.
struct WorkspaceUnsuspendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unsuspend",
        abstract: "Let a suspended workspace act again. Webhooks that were skipped meanwhile are not sent."
    )

    @Argument(help: "The workspace's id.")
    var workspace: Identifier

    @OptionGroup var options: AdminOptions

    func run() async throws {
        try await options.withPlatform { context in
            try await SuspendWorkspace(context)(workspaceID: workspace, status: .active)
        }
        options.show(
            ["workspace_id": .string(workspace.uuidString), "status": "active"],
            ["Active  \(workspace.uuidString)"]
        )
    }
}
