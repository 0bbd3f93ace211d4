import Foundation
import PackagePlugin

/// Puts a target's `OpenAPI/openapi.yaml` into the program as the text `EmbeddedText.openAPI`: one file to ship, and a string
/// literal, which compiles in no time where SwiftPM's own embedding writes every byte as a number.
@main struct EmbedText: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let input = target.directoryURL.appending(path: "OpenAPI/openapi.yaml")
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedText.swift")
        return [
            .buildCommand(
                displayName: "Embedding openapi.yaml",
                executable: try context.tool(named: "embed-text").url,
                arguments: [input.path, output.path],
                inputFiles: [input],
                outputFiles: [output]
            )
        ]
    }
}
