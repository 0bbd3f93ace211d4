import ArgumentParser

/// What calls to other countries cost.
struct RatesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rates",
        abstract: "Load what calls to other countries cost, list it, and call a change off.",
        discussion: """
            A sheet is CSV, and takes the place of the whole sheet before it. The prices are for a minute, VAT included:

              prefix,country,destination,per_minute_kes
              256,UG,Uganda,16.00
              2567,UG,"Uganda, mobile",18.00

            What costs more begins 30 days from now at the earliest, and every workspace is told by mail:

              sautikit admin rates list > rates.csv
              sautikit admin rates import rates.csv --from 2027-01-01
              sautikit admin rates cancel --from 2027-01-01
            """,
        subcommands: [RatesListCommand.self, RatesImportCommand.self, RatesCancelCommand.self]
    )
}
