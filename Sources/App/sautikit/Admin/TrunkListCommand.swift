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
        let (trunks, all) = try await options.withPlatform { context in
            (try await ListTrunks(context)(), try await ListTrunks(context).registrations())
        }
        let registrations = Dictionary(all.map { ($0.trunkID, $0) }, uniquingKeysWith: { first, _ in first })
        options.show(
            ["trunks": .array(trunks.map { $0.json(registrations[$0.id]) })],
            trunks.isEmpty
                ? ["No trunks yet. 'sautikit admin trunk add --help' shows how."]
                : trunks.map { $0.line + $0.registrationLine(registrations[$0.id]) }
        )
    }
}
