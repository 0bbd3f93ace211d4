import ArgumentParser

/// Moving numbers between carriers.
struct PortsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ports",
        abstract: "Decide on requests to port numbers in and out.",
        discussion: """
            A request is submitted by its owner, accepted when both carriers agree, and completed when the numbers have moved:

              sautikit admin ports list
              sautikit admin ports document 01900000-0000-7000-8000-000000000001 --folder papers
              sautikit admin ports accept 01900000-0000-7000-8000-000000000001
              sautikit admin ports complete 01900000-0000-7000-8000-000000000001
            """,
        subcommands: [
            PortsListCommand.self, PortsDocumentCommand.self, PortsAcceptCommand.self, PortsRejectCommand.self,
            PortsCompleteCommand.self,
        ]
    )
}
