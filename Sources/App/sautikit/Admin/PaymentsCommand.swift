import ArgumentParser

/// Payments whose owner is not known.
struct PaymentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "payments",
        abstract: "Payments that wait because nobody knows whose they are.",
        discussion: """
            A payment waits when the account that was typed is no workspace's, or when something else was paid than was asked for:

              sautikit admin payments list
              sautikit admin payments resolve UKL5KZN81B --workspace 01900000-0000-7000-8000-000000000001
              sautikit admin payments import statement-2026-06.csv
            """,
        subcommands: [PaymentsListCommand.self, PaymentsResolveCommand.self, PaymentsImportCommand.self]
    )
}
