import ArgumentParser

/// Voice documents on the command line.
struct FlowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flow",
        abstract: "Work with voice documents, which say what a call shall do.",
        subcommands: [FlowCheckCommand.self]
    )
}
