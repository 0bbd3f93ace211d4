import ArgumentParser
import Ledger
import Platform
import Primitives

/// Makes a workspace with its first key and money.
struct WorkspaceCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a workspace and its first API key, which is shown this once.",
        discussion: """
            Example: a workspace with KES 1,000.00:

              sautikit admin workspace create --name "Duka" --email dev@example.com --credit-minor 100000 --json
            """
    )

    @Option(help: "What its people call it.")
    var name: String

    @Option(help: "Where its owner is reached.")
    var email: String

    @Option(help: "First credit in minor units: 100000 is KES 1,000.00.")
    var creditMinor: Int64 = 0

    @OptionGroup var options: AdminOptions

    func run() async throws {
        let created = try await options.withPlatform { context in
            try await CreateWorkspace(context)(name: name, email: email, creditMinor: creditMinor)
        }
        let workspace = created.workspace
        options.show(
            [
                "workspace_id": .string(workspace.id.uuidString), "api_key": .string(created.apiKey),
                "key_id": .string(created.keyID.uuidString), "name": .string(workspace.name),
                "email": .string(workspace.email), "balance_minor": .integer(creditMinor),
                "currency": .string(workspace.currency.code),
            ],
            [
                "Workspace  \(workspace.id.uuidString)  \(workspace.name)",
                "API key    \(created.apiKey)   (shown this once: keep it)",
                "Balance    \(Shillings.text(minor: creditMinor))",
            ]
        )
    }
}
