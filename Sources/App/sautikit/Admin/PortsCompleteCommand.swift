import ArgumentParser
import Platform
import Primitives

/// The numbers have moved: those that came work and are charged, those that went are released.
struct PortsCompleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "complete",
        abstract: "The numbers have moved: those that came work and are charged, those that went are released."
    )

    @Argument(help: "The port request's id.")
    var request: Identifier

    @OptionGroup var options: AdminOptions

    func run() async throws {
        let changed = try await options.withPlatform { try await AdvancePortRequest($0).complete(request) }
        options.show(changed.json, [changed.line])
    }
}
