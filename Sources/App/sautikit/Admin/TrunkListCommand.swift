import ArgumentParser
import Platform

/// Shows the carriers.
struct TrunkListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the carriers, by priority; passwords are not shown."
    )

    @OptionGroup var options: AdminOptions

    func run() async throws {
        let trunks = try await options.withPlatform { try await ListTrunks($0)() }
        options.show(
            ["trunks": .array(trunks.map(\.json))],
            trunks.isEmpty ? ["No trunks yet. 'sautikit admin trunk add --help' shows how."] : trunks.map(\.line)
        )
    }
}
