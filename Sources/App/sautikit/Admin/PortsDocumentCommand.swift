import ArgumentParser
import Foundation
import Platform
import Primitives

/// Takes a port request's papers out of the database, to look at them.
struct PortsDocumentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "document",
        abstract: "Write the documents of a port request into a folder that only you can read."
    )

    @Argument(help: "The port request's id.")
    var request: Identifier

    @Option(help: "The folder; it is made when it is not there.")
    var folder: String

    @OptionGroup var options: AdminOptions

    func run() async throws {
        let files = try await options.withPlatform { context in
            let documents = try await ManagePortDocuments(context).all(of: request)
            return try await documents.asyncMap { document in
                try await ManagePortDocuments(context).read(document.id, of: request, workspaceID: nil)
            }
        }
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        let paths = try files.map { document, content in
            // The customer's own name for the file is not trusted with a path.
            let ending = document.contentType.split(separator: "/").last.map(String.init) ?? "bin"
            let path = "\(folder)/\(document.kind.rawValue)-\(document.id.uuidString).\(ending)"
            guard
                FileManager.default.createFile(
                    atPath: path,
                    contents: Data(content),
                    attributes: [.posixPermissions: 0o600]
                )
            else { throw CommandFailure("\(path) cannot be written.") }
            return path
        }
        options.show(
            ["files": .array(paths.map { .string($0) })],
            paths.isEmpty ? ["This port request has no documents."] : paths
        )
    }
}

extension Array {
    /// One after the other.
    fileprivate func asyncMap<Result>(_ transform: (Element) async throws -> Result) async rethrows -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await transform(element)) }
        return results
    }
}
