import Foundation
import TestSupport

/// A package's manifest as the package manager understands it: what its targets depend on.
struct Manifest {
    /// The targets' dependencies by target, as `Module` or `package/Product`.
    let dependencies: [String: Set<String>]

    /// Reads the manifest of the package in `folder`.
    ///
    /// - Throws: `CommandError` when the manifest is wrong, `DecodingError` when the package manager speaks otherwise than in 6.x.
    init(of folder: URL) async throws {
        let scratch = try TemporaryFolder("manifest")
        let swift = ProcessInfo.processInfo.environment["SWIFT"] ?? "swift"
        // The lock of the package's own build folder is held by whoever runs the tests.
        let printed = try await Command.run(
            swift,
            ["package", "dump-package", "--package-path", folder.path, "--scratch-path", scratch.url.path]
        )
        // Warnings come before the document.
        let document = Data(printed.drop { $0 != "{" }.utf8)
        let package = try JSONDecoder().decode(Package.self, from: document)
        // Targets that take only some of the sources need only some of the dependencies.
        dependencies = Dictionary(
            uniqueKeysWithValues: package.targets.filter { $0.sources == nil }
                .map { ($0.name, Set($0.dependencies.compactMap(\.name))) }
        )
    }

    private struct Package: Decodable {
        let targets: [Target]
    }

    private struct Target: Decodable {
        let name: String
        let dependencies: [Dependency]
        let sources: [String]?
    }

    private struct Dependency: Decodable {
        let byName: [String?]?
        let product: [String?]?

        /// The module's name, or that of its package and product.
        var name: String? {
            if let byName { return byName.first ?? nil }
            guard let product, product.count > 1, let name = product[0], let package = product[1] else { return nil }
            return "\(package)/\(name)"
        }
    }
}
