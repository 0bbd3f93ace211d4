import Foundation
import PackagePlugin

/// Puts texts of a target's folder `OpenAPI` into the program as `EmbeddedText.openAPI` and the like: one file to ship, and
/// string literals, which compile in no time where SwiftPM's own embedding writes every byte as a number.
@main struct EmbedText: BuildToolPlugin {
    private let texts = [("openAPI", "openapi.yaml"), ("voiceActionsSchema", "voice-actions.schema.json")]

    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let folder = target.directoryURL.appending(path: "OpenAPI")
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedText.swift")
        let inputs = texts.map { ($0.0, folder.appending(path: $0.1)) }
        return [
            .buildCommand(
                displayName: "Embedding \(texts.map(\.1).joined(separator: ", "))",
                executable: try context.tool(named: "embed-text").url,
                arguments: [output.path] + inputs.flatMap { [$0.0, $0.1.path] },
                inputFiles: inputs.map(\.1),
                outputFiles: [output]
            )
        ]
    }
}
