import ArgumentParser

/// Shows a newcomer the whole thing, and proves it.
struct QuickstartCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quickstart",
        abstract: "Place a call through a running server, step by step, and check each step.",
        discussion: """
            Uses the public HTTP API alone, as a customer would. Exits 0 only if every step was as it should be.

              sautikit quickstart                                  against 'sautikit serve --sandbox' on this machine
              sautikit quickstart --url http://127.0.0.1:8088
              sautikit quickstart --key tsk_live_... --to +254712345678

            Webhooks come to a port of this machine's loopback, so the server must run here and allow loopback.
            """
    )

    @Option(help: "Where the server is.")
    var url = "http://127.0.0.1:8080"

    @Option(help: "An API key; without one, a new workspace is made in the sandbox.")
    var key: String?

    @Option(help: "The phone to call.")
    var to = "+254712345678"

    func run() async throws {
        let guide = StepPrinter()
        do {
            try await Quickstart(api: APIClient(baseURL: url, apiKey: key), to: to, guide: guide).run()
        } catch let failure as QuickstartFailure {
            guide.failed(failure)
            throw ExitCode(1)
        }
    }
}
