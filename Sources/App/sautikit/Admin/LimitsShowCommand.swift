import ArgumentParser
import Platform
import Primitives

/// Show a workspace's limits.
struct LimitsShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what a workspace is limited to: what holds, what you allow, and what it has set itself.",
        discussion: "Example: sautikit admin limits show 01900000-0000-7000-8000-000000000001"
    )

    @Argument(help: "The workspace's id.")
    var workspace: Identifier

    @OptionGroup var options: AdminOptions

    func run() async throws {
        let view = try await options.withPlatform { try await ManageLimits($0)(workspaceID: workspace) }
        options.show(view.json, view.lines)
    }
}
