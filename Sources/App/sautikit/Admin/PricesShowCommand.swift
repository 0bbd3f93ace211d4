import ArgumentParser
import Platform

/// Shows the price list in force, and those to come.
struct PricesShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show the prices in force, and those that are announced."
    )

    @OptionGroup var options: AdminOptions

    func run() async throws {
        let (prices, settings) = try await options.withPlatform { context in
            (try await ReadPrices(context).withUpcoming(), context.settings)
        }
        options.show(
            .object(
                prices.current.members + [
                    JSONMember("upcoming", .array(prices.upcoming.map { .object($0.list.members) }))
                ]
            ),
            prices.current.lines
                + prices.upcoming.flatMap { ["", "From \(settings.dateText($0.list.updatedAt)):"] + $0.list.lines }
        )
    }
}
