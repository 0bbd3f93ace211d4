import ArgumentParser
import Platform
import Primitives

/// Set what a workspace is allowed.
struct LimitsSetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Set what a workspace is allowed; its owners may set stricter limits themselves.",
        discussion: """
            What is not named stays, and 'none' takes a limit away, so that the default holds. Lists have commas. Examples:

              sautikit admin limits set 01900000-0000-7000-8000-000000000001 --calls-per-second 5 --countries KE,UG,TZ
              sautikit admin limits set 01900000-0000-7000-8000-000000000001 --high-risk-prefixes +881
            """
    )

    @Argument(help: "The workspace's id.")
    var workspace: Identifier

    @Option(help: "Calls that may be live at once.")
    var maxConcurrentCalls: String?

    @Option(help: "Calls that may be dialled in a second.")
    var callsPerSecond: String?

    @Option(help: "What may be spent in a day of Nairobi, in cents.")
    var spendPerDayMinor: String?

    @Option(help: "The longest that a call may last.")
    var longestCallSeconds: String?

    @Option(help: "Countries that may be called, by their two letters.")
    var countries: String?

    @Option(help: "High-risk ranges that its owners may open, such as +881.")
    var highRiskPrefixes: String?

    @OptionGroup var options: AdminOptions

    func run() async throws {
        let wanted = try wanted
        let view = try await options.withPlatform { context in
            try await ManageLimits(context).changeOperators(workspaceID: workspace) { limits in
                for step in wanted { step(&limits) }
            }
        }
        options.show(view.json, view.lines)
    }

    private var wanted: [@Sendable (inout Limits) -> Void] {
        get throws {
            var steps: [@Sendable (inout Limits) -> Void] = []
            if let value = try number(maxConcurrentCalls) { steps.append { $0.concurrentCalls = value } }
            if let value = try number(callsPerSecond) { steps.append { $0.callsPerSecond = value } }
            if let value = try number(spendPerDayMinor) { steps.append { $0.spendPerDayMinor = value } }
            if let value = try number(longestCallSeconds) { steps.append { $0.longestCallSeconds = value } }
            if let value = list(countries) { steps.append { $0.countries = value } }
            if let value = list(highRiskPrefixes) { steps.append { $0.highRiskPrefixes = value } }
            return steps
        }
    }

    /// Nil when the option was not given, an inner nil for 'none'.
    private func number(_ text: String?) throws -> Int64?? {
        guard let text else { return nil }
        if text == "none" { return .some(nil) }
        guard let value = Int64(text) else { throw ValidationError("'\(text)' is neither a whole number nor 'none'.") }
        return value
    }

    private func list(_ text: String?) -> [String]?? {
        guard let text else { return nil }
        return .some(text == "none" ? nil : text.split(separator: ",").map(String.init))
    }
}
