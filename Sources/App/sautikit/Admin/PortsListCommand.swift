import ArgumentParser
import Platform

/// Shows requests to port numbers.
struct PortsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List port requests of a status, oldest first."
    )

    @Option(help: "draft, submitted, rejected, accepted, completed or cancelled.")
    var status = PortStatus.submitted

    @OptionGroup var options: AdminOptions

    func run() async throws {
        let requests = try await options.withPlatform { try await ReadPortRequests($0).all(status) }
        options.show(
            ["port_requests": .array(requests.map(\.json))],
            requests.isEmpty ? ["No port request is \(status.rawValue)."] : requests.map(\.line)
        )
    }
}

extension PortStatus: ExpressibleByArgument {}
