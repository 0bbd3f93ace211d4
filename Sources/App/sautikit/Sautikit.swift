import ArgumentParser

/// The command line.
@main struct Sautikit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sautikit",
        abstract: "A programmable voice platform of your own: numbers, calls, webhooks and a wallet.",
        discussion: """
            Try it on this machine, without a carrier and without settings:

              sautikit serve --sandbox
              sautikit quickstart            (in a second terminal)

            Settings come from flags, then the environment (SAUTIKIT_*), then .env in the working folder, then
            defaults; 'sautikit serve --help' lists them.
            """,
        version: "0.1.0",
        subcommands: [
            ServeCommand.self, QuickstartCommand.self, DoctorCommand.self, VerifyCommand.self, FlowCommand.self,
            AdminCommand.self,
        ]
    )

    /// Whole lines reach a pipe or a file at once.
    static func main() async {
        StandardOutput.bufferByLine()
        await main(nil)
    }
}
