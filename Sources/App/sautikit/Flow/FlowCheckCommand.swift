import ArgumentParser
import Foundation
import Platform

/// Says everything about a voice document without a call, and without a server.
struct FlowCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check a voice document in JSON or XML; exit 1 when a call could not run it.",
        discussion: """
            All faults are told at once, each with its path. What is allowed and probably not meant is told, too, \
            with the longest that the document can take: speech is estimated at \(LongestRun.charactersPerSecond) \
            characters a second, and a sound in a file at \(LongestRun.soundLength.components.seconds) seconds.

              sautikit flow check menu.json
              curl -s https://shop.example.com/voice | sautikit flow check - --base https://shop.example.com/voice

            POST /v1/voice-actions/validate says the same, with what the document's calls can cost.
            """
    )

    @Argument(help: "The file; - for standard input.")
    var file: String

    @Option(help: ArgumentHelp("The document's own URL, which relative ones are resolved against.", valueName: "url"))
    var base: String?

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        do throws(PlatformError) {
            if let base { try VoiceDocument.requireBase(base, field: "--base") }
        } catch {
            throw ValidationError(error.message)
        }
    }

    func run() async throws {
        let check = CheckVoiceDocument(longestCall: PlatformSettings().longestCall)
        let report = try await check(bytes: try read(), contentType: nil, base: base)
        if json {
            StandardOutput.line(report.json.text)
        } else {
            for line in lines(report) { StandardOutput.line(line) }
        }
        if report.document == nil { throw ExitCode(1) }
    }

    /// One byte more than is allowed is enough to say that it is too long.
    private func read() throws -> [UInt8] {
        do {
            let handle =
                file == "-" ? FileHandle.standardInput : try FileHandle(forReadingFrom: URL(filePath: file))
            return Array(try handle.read(upToCount: VoiceDocument.longestBytes + 1) ?? Data())
        } catch {
            throw CommandFailure("\(file) cannot be read.")
        }
    }

    private func lines(_ report: CheckVoiceDocument.Report) -> [String] {
        guard let document = report.document, let worst = report.worstCase else {
            let count = report.faults.count
            return ["\(Paint.red("✗")) \(file): \(count) \(count == 1 ? "fault" : "faults")"]
                + report.faults.map { "    \($0.field.isEmpty ? "" : "\($0.field): ")\($0.message)" }
        }
        let count = document.actions.count
        let guess = worst.run.isEstimated ? ", estimated" : ""
        return [
            "\(Paint.green("✓")) \(file): \(count) \(count == 1 ? "action" : "actions"),"
                + " \(Self.text(worst.run.length)) at most\(guess)"
        ] + document.warnings.map { "\(Paint.yellow("•")) \($0.path): \($0.message)" }
            + worst.legs.map { "    \($0.leg.path) calls \($0.leg.to) for \(Self.text($0.leg.longest)) at most" }
    }

    /// `1 h 5 min`, `90 s`.
    private static func text(_ length: Duration) -> String {
        let seconds = length.components.seconds
        guard seconds >= 120 else { return "\(seconds) s" }
        let minutes = (seconds + 59) / 60
        guard minutes >= 120 else { return "\(minutes) min" }
        return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60) min"
    }
}
