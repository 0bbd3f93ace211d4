import ArgumentParser
import Platform
import Primitives

/// Stops a workspace.
struct WorkspaceSuspendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suspend",
        abstract: "Let a workspace only read: it places no calls and changes nothing, and its webhooks are skipped.",
        discussion: """
            Calls that are live go on to their end, unless you say otherwise:

              sautikit admin workspace suspend 01900000-0000-7000-8000-000000000001 --hang-up
            """
    )

    @Argument(help: "The workspace's id.")
    var workspace: Identifier

    @Flag(help: "Hang up the calls that are live.")
    var hangUp = false

    @OptionGroup var options: AdminOptions

    func run() async throws {
        let count = try await options.withPlatform { context in
            try await SuspendWorkspace(context)(workspaceID: workspace, status: .suspended)
            return hangUp ? try await HangUpCalls(context)(workspaceID: workspace) : 0
        }
        options.show(
            [
                "workspace_id": .string(workspace.uuidString), "status": "suspended",
                "calls_hung_up": .integer(Int64(count)),
            ],
            ["Suspended  \(workspace.uuidString)" + (hangUp ? "   \(count) live calls are hung up" : "")]
        )
    }
}
