import ArgumentParser
import Platform
import Primitives

/// Says whose a payment is.
struct PaymentsResolveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve",
        abstract: "Put a payment that waits into a workspace's wallet; once, and for ever."
    )

    @Argument(help: "The receipt number.")
    var receipt: String

    @Option(help: "The workspace's id.")
    var workspace: Identifier

    @OptionGroup var options: AdminOptions

    func run() async throws {
        let receipt = receipt.uppercased()
        try await options.withPlatform { try await ResolvePayment($0)(receipt: receipt, to: workspace) }
        options.show(
            ["receipt": .string(receipt), "workspace_id": .string(workspace.uuidString), "status": "credited"],
            ["\(receipt) is in the wallet of \(workspace)."]
        )
    }
}
