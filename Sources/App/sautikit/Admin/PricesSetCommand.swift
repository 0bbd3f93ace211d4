import ArgumentParser
import Platform

/// Sets prices.
struct PricesSetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Set prices for a time to come; what is not named stays as it is.",
        discussion: """
            A rental of KES 120 from the new year on:

              sautikit admin prices set --number-monthly-kes 120 --from 2027-01-01
            """
    )

    @Option(help: "A number's rental for a month, without VAT.")
    var numberMonthlyKes: Hundredths?

    @Option(help: "A minute of an outbound call in Kenya, VAT included.")
    var outboundPerMinuteKes: Hundredths?

    @Option(help: "A minute of an inbound call, VAT included.")
    var inboundPerMinuteKes: Hundredths?

    @Option(help: "A minute of a call to a SIP URI, VAT included.")
    var sipPerMinuteKes: Hundredths?

    @Option(help: "Storage of recordings that costs nothing, in GB.")
    var recordingFreeGb: Int64?

    @Option(help: "A GB of recordings above that for a month, without VAT.")
    var recordingPerGbMonthKes: Hundredths?

    @Option(help: "VAT in percent.")
    var vatPercent: Hundredths?

    @Option(help: "A date in Nairobi or a time; as soon as can be by default.")
    var from: String?

    @OptionGroup var options: AdminOptions

    func run() async throws {
        let (dated, settings) = try await options.withPlatform { context in
            let from = try from.map { try context.settings.requireMoment($0) }
            return (try await SetPrices(context)(change, from: from), context.settings)
        }
        options.show(
            .object(dated.list.members),
            ["From \(settings.dateText(dated.list.updatedAt)):"] + dated.list.lines
        )
    }

    private var change: PriceChange {
        var change = PriceChange()
        change.numberMonthlyMinor = numberMonthlyKes?.value
        change.outboundPerMinuteMinor = outboundPerMinuteKes?.value
        change.inboundPerMinuteMinor = inboundPerMinuteKes?.value
        change.sipPerMinuteMinor = sipPerMinuteKes?.value
        change.recordingFreeGB = recordingFreeGb
        change.storagePerGBMonthMinor = recordingPerGbMonthKes?.value
        change.vatBasisPoints = vatPercent?.value
        return change
    }
}
