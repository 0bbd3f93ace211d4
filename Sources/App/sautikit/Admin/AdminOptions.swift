import ArgumentParser
import Database
import Logging
import Platform
import Server

/// What all operator commands share: where the data is, and how to print.
struct AdminOptions: ParsableArguments {
    @OptionGroup var settings: SettingOptions

    @Flag(help: "Print one JSON object.")
    var json = false

    /// Runs an operator's work on the platform, which a server may be using at the same time.
    func withPlatform<T: Sendable>(_ body: (PlatformContext) async throws -> T) async throws -> T {
        let configuration = try await settings.configuration()
        var logger = Logger(label: "sautikit.admin") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = max(configuration.logLevel, .warning)
        let context: PlatformContext
        do {
            context = try await PlatformOpening.open(configuration, logger: logger).asked(by: .operator)
        } catch {
            throw CommandFailure(error)
        }
        let result: Result<T, any Error>
        do { result = .success(try await body(context)) } catch { result = .failure(CommandFailure(error)) }
        await context.database.close()
        return try result.get()
    }

    /// Prints the object, or the lines for people.
    func show(_ value: JSONValue, _ lines: @autoclosure () -> [String]) {
        if json {
            StandardOutput.line(value.text)
        } else {
            for line in lines() { StandardOutput.line(line) }
        }
    }
}
