/// This program, as it was called, so that what is printed can be typed again.
enum Program {
    static let name = CommandLine.arguments.first ?? "sautikit"
}
