import ArgumentParser
import Platform
import Primitives

/// Shows all numbers.
struct NumbersListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List all numbers and whose they are."
    )

    @OptionGroup var options: AdminOptions

    func run() async throws {
        let numbers = try await options.withPlatform { try await ListNumbers($0).all() }
        let rows: [JSONValue] = numbers.map { number in
            [
                "id": .string(number.id.rendered(prefix: "num")), "e164": .string(number.e164),
                "country": .string(number.country), "status": .string(number.status.rawValue),
                "workspace_id": JSONValue(number.workspaceID?.uuidString),
            ]
        }
        let lines = numbers.map { number in
            "\(number.e164)  \(number.status.rawValue)  \(number.workspaceID?.uuidString ?? "-")"
        }
        options.show(
            ["numbers": .array(rows)],
            lines.isEmpty ? ["No numbers yet. 'sautikit admin numbers add --help' shows how."] : lines
        )
    }
}
