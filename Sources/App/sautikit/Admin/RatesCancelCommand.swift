import ArgumentParser
import Platform

/// Calls off a rate sheet.
struct RatesCancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Call off the last sheet that is announced; who was told of it is told.",
        discussion: "Example: sautikit admin rates cancel --from 2027-01-01"
    )

    @Option(help: "When the sheet would begin, as it was set.")
    var from: String

    @OptionGroup var options: AdminOptions

    func run() async throws {
        try await options.withPlatform { context in
            try await CancelRates(context)(from: try context.settings.requireMoment(from))
        }
        options.show(["status": "cancelled", "from": .string(from)], ["Rates do not change on \(from)."])
    }
}
