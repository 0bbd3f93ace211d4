import ArgumentParser
import Platform

/// Puts numbers into the inventory.
struct NumbersAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add numbers that your carrier gave you.",
        discussion: "Example: sautikit admin numbers add +254201234567 +254201234568"
    )

    @Argument(help: "Numbers in E.164 form.")
    var numbers: [String]

    @OptionGroup var options: AdminOptions

    func run() async throws {
        let added = try await options.withPlatform { try await AddNumbers($0)(numbers) }
        let known = numbers.count - added.count
        options.show(
            [
                "added": .array(added.map { .string($0) }), "already_known": .integer(Int64(known)),
            ],
            added.map { "Added \($0)" } + (known > 0 ? ["\(known) already known"] : [])
        )
    }
}
