import ArgumentParser
import Platform
import Primitives

/// Sends a request to port numbers back to its owner.
struct PortsRejectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reject",
        abstract: "Send a port request back with a reason; its owner can mend it and submit it again."
    )

    @Argument(help: "The port request's id.")
    var request: Identifier

    @Option(help: "What is wrong, for the owner to read.")
    var reason: String

    @OptionGroup var options: AdminOptions

    func run() async throws {
        let changed = try await options.withPlatform {
            try await AdvancePortRequest($0).reject(request, reason: reason)
        }
        options.show(changed.json, [changed.line])
    }
}
