import ArgumentParser
import Platform
import Primitives

/// Prints a rate sheet.
struct RatesListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Print the rates in force as CSV, which can be changed and loaded again."
    )

    @Option(help: "Those in force at a date in Nairobi or a time, instead of now.")
    var at: String?

    @OptionGroup var options: AdminOptions

    func run() async throws {
        let (found, settings) = try await options.withPlatform { context in
            let moment = try at.map { try context.settings.requireMoment($0) } ?? context.clock.now()
            return (try await ListRates(context)(at: moment), context.settings)
        }
        let rates = found.sheet.all
        options.show(
            [
                "effective_from": .string(found.sheet.effectiveAt.rfc3339Seconds),
                "rates": .array(rates.map(\.json)),
                "upcoming": .array(found.upcoming.map { .string(settings.dateText($0.effectiveAt)) }),
            ],
            [String(RateSheetFile.text(rates).dropLast())]
        )
    }
}

extension Rate {
    /// For programs.
    var json: JSONValue {
        [
            "prefix": .string(prefix), "country": .string(country), "destination": .string(destination),
            "per_min_minor": .integer(perMinuteMinor),
        ]
    }
}
