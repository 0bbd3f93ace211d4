import ArgumentParser
import Platform

/// Shows the payments that wait.
struct PaymentsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the payments that wait, oldest first."
    )

    @OptionGroup var options: AdminOptions

    func run() async throws {
        let payments = try await options.withPlatform { try await ResolvePayment($0).waiting() }
        options.show(
            ["payments": .array(payments.map(\.json))],
            payments.isEmpty ? ["No payment waits."] : payments.map(\.line)
        )
    }
}
