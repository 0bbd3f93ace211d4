import ArgumentParser
import Platform
import Primitives

/// Both carriers agree: the numbers are porting from now on.
struct PortsAcceptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Both carriers agree: the numbers are porting from now on."
    )

    @Argument(help: "The port request's id.")
    var request: Identifier

    @OptionGroup var options: AdminOptions

    func run() async throws {
        let changed = try await options.withPlatform { try await AdvancePortRequest($0).accept(request) }
        options.show(changed.json, [changed.line])
    }
}
