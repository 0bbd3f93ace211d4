/// Says what is going on, for people.
struct StepPrinter: Sendable {
    func title(_ text: String) {
        StandardOutput.line(Paint.bold("\n\(text)"))
    }

    func done(_ text: String, _ detail: String = "") {
        StandardOutput.line("  \(Paint.green("✓")) \(text)\(detail.isEmpty ? "" : Paint.faint("  \(detail)"))")
    }

    func failed(_ failure: QuickstartFailure) {
        StandardOutput.line("  \(Paint.red("✗")) expected \(failure.expected)")
        StandardOutput.line("    found    \(failure.found)")
        StandardOutput.line("    try      \(failure.advice)")
    }
}
