import ArgumentParser

/// What everything costs.
struct PricesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prices",
        abstract: "Show the prices, set them for a time to come, and call that off.",
        discussion: """
            What costs more begins 30 days from now at the earliest, and every workspace is told by mail:

              sautikit admin prices show
              sautikit admin prices set --number-monthly-kes 120 --from 2027-01-01
              sautikit admin prices cancel --from 2027-01-01
            """,
        subcommands: [PricesShowCommand.self, PricesSetCommand.self, PricesCancelCommand.self]
    )
}
