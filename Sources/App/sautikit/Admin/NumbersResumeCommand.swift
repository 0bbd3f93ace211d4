import ArgumentParser
import Platform

/// Let a suspended number work again.
struct NumbersResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Let a suspended number work again.",
        discussion: "Example: sautikit admin numbers resume +254201234567"
    )

    @Argument(help: "The number in E.164 form.")
    var number: String

    @OptionGroup var options: AdminOptions

    func run() async throws {
        let changed = try await options.withPlatform {
            try await ChangeNumberStatus($0)(number, isSuspended: false)
        }
        options.show(
            ["number": .string(changed.e164), "status": .string(changed.status.rawValue)],
            ["Resumed  \(changed.e164)"]
        )
    }
}
