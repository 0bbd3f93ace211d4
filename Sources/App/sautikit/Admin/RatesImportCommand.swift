import ArgumentParser
import Foundation
import Platform
import Primitives

/// Loads a rate sheet.
struct RatesImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Load a whole rate sheet for a time to come.",
        discussion: "Example: sautikit admin rates import rates.csv --from 2027-01-01"
    )

    @Argument(help: "The sheet, CSV with the columns prefix, country, destination and per_minute_kes.")
    var file: String

    @Option(help: "A date in Nairobi or a time; as soon as can be by default.")
    var from: String?

    @OptionGroup var options: AdminOptions

    func run() async throws {
        let rates: [Rate]
        do {
            rates = try RateSheetFile.read(try String(contentsOf: URL(filePath: file), encoding: .utf8))
        } catch let fault as RateSheetFault {
            throw CommandFailure("\(file): \(fault)")
        }
        let (header, settings) = try await options.withPlatform { context in
            let from = try from.map { try context.settings.requireMoment($0) }
            return (try await ImportRates(context)(rates, from: from), context.settings)
        }
        options.show(
            [
                "rates": .integer(Int64(header.count)),
                "effective_from": .string(header.effectiveAt.rfc3339Seconds),
            ],
            ["\(header.count) rates from \(settings.dateText(header.effectiveAt)) on."]
        )
    }
}
