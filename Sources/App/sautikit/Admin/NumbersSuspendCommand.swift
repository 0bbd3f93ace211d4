import ArgumentParser
import Platform

/// Stop a number from working; its workspace keeps it.
struct NumbersSuspendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suspend",
        abstract: "Stop a number from working; its workspace keeps it.",
        discussion: "Example: sautikit admin numbers suspend +254201234567"
    )

    @Argument(help: "The number in E.164 form.")
    var number: String

    @OptionGroup var options: AdminOptions

    func run() async throws {
        let changed = try await options.withPlatform {
            try await ChangeNumberStatus($0)(number, isSuspended: true)
        }
        options.show(
            ["number": .string(changed.e164), "status": .string(changed.status.rawValue)],
            ["Suspended  \(changed.e164)"]
        )
    }
}
