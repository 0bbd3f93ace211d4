import ArgumentParser
import Foundation
import Payments
import Platform

/// Compares a statement with the ledger, and credits what is missing.
struct PaymentsImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Compare M-Pesa's statement with the ledger: credit what is missing, once, and report what differs.",
        discussion: """
            Exit 1 when something differs that a person must settle. Importing a statement again changes nothing:

              sautikit admin payments import statement-2026-06.csv
            """
    )

    @Argument(help: "The statement as the M-Pesa portal exports it, CSV.")
    var file: String

    @OptionGroup var options: AdminOptions

    func run() async throws {
        let text = try String(contentsOf: URL(filePath: file), encoding: .utf8)
        let statement = try PaymentStatement(csv: text)
        let report = try await options.withPlatform { context in
            try await ReconcilePayments(context)(
                statement.payments,
                reversed: statement.reversed,
                complete: statement.span,
                isTest: false
            )
        }
        options.show(report.json, report.lines)
        if !report.differences.isEmpty { throw ExitCode(1) }
    }
}

extension ReconcilePayments.Report {
    /// For programs.
    var json: JSONValue {
        [
            "payments": .integer(Int64(count)), "credited": .array(credited.map { .string($0) }),
            "suspended": .array(suspended.map { .string($0) }),
            "differences": .array(differences.map { .string($0.description) }),
        ]
    }

    /// For people.
    var lines: [String] {
        [
            "\(count) payments: \(credited.count) credited now, \(suspended.count) wait for you, \(differences.count) differ."
        ]
            + credited.map { "credited  \($0)" } + suspended.map { "waits     \($0)" }
            + differences.map { "differs   \($0.description)" }
    }
}
