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
            try await context.database.read { tx in
                try LedgerChecker.differences(in: tx).map(\.description) + CheckPayments.differences(in: tx)
                    + CheckStorage.differences(in: tx)
            }
        }
        options.show(
            [
                "ok": .bool(differences.isEmpty),
                "differences": .array(differences.map { .string($0) }),
            ],
            differences.isEmpty ? ["The books are right."] : differences
        )
        if !differences.isEmpty { throw ExitCode(1) }
    }
}
