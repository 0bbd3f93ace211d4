import ArgumentParser
import Platform
import Server

/// Says what keeps a server from working.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check settings, files, database, ports, programs and the clock; exit 1 when something is wrong.",
        discussion:
            "Run it as the user, in the folder and with the settings of the server. Example: sautikit doctor --json"
    )

    @OptionGroup var settings: ServeOptions

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() async throws {
        let source: SettingsSource
        do {
            source = try await SettingsSource(flags: settings.flags)
        } catch {
            throw CommandFailure(".env cannot be read: \(error)")
        }
        let findings = await Doctor(source).examine()
        let isWell = !findings.contains { $0.verdict == .wrong }
        if json {
            StandardOutput.line(Self.json(findings, isWell: isWell).text)
        } else {
            for finding in findings { Self.show(finding) }
            StandardOutput.line(isWell ? "\nAll is well." : "\nSomething must be put right first.")
        }
        if !isWell { throw ExitCode(1) }
    }

    private static func show(_ finding: Finding) {
        let mark =
            switch finding.verdict {
            case .fine: Paint.green("✓")
            case .note: Paint.yellow("•")
            case .wrong: Paint.red("✗")
            }
        StandardOutput.line("\(mark) \(finding.subject): \(finding.text)")
        if !finding.advice.isEmpty { StandardOutput.line("    \(finding.advice)") }
    }

    private static func json(_ findings: [Finding], isWell: Bool) -> JSONValue {
        let rows: [JSONValue] = findings.map { finding in
            [
                "subject": .string(finding.subject), "verdict": .string(finding.verdict.rawValue),
                "text": .string(finding.text), "advice": .string(finding.advice),
            ]
        }
        return ["ok": .bool(isWell), "findings": .array(rows)]
    }
}
