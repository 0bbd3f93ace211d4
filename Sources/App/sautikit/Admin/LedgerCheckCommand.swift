import ArgumentParser
import Database
import Ledger
import Platform

/// Proves that all balances are what their postings say.
struct LedgerCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Compare all cached balances with their postings; exit 1 when anything is off."
    )

    @OptionGroup var options: AdminOptions

    func run() async throws {
        let differences = try await options.withPlatform { context in
            try await context.database.read { try LedgerChecker.differences(in: $0) }
        }
        options.show(
            [
                "ok": .bool(differences.isEmpty),
                "differences": .array(differences.map { .string($0.description) }),
            ],
            differences.isEmpty ? ["The books are right."] : differences.map(\.description)
        )
        if !differences.isEmpty { throw ExitCode(1) }
    }
}
