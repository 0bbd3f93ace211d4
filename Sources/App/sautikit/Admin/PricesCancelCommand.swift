import ArgumentParser
import Platform

/// Calls off a change of prices.
struct PricesCancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Call off the last change that is announced; who was told of it is told.",
        discussion: "Example: sautikit admin prices cancel --from 2027-01-01"
    )

    @Option(help: "When the change would begin, as it was set.")
    var from: String

    @OptionGroup var options: AdminOptions

    func run() async throws {
        try await options.withPlatform { context in
            try await CancelPrices(context)(from: try context.settings.requireMoment(from))
        }
        options.show(["status": "cancelled", "from": .string(from)], ["Prices do not change on \(from)."])
    }
}
