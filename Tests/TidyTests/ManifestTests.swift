import Foundation
import Testing

/// The benchmarks and the fuzzers build the server's sources in packages of their own, which no other test builds.
@Suite struct ManifestTests {
    @Test(arguments: ["Benchmarks", "Fuzz"])
    func packagesBesideTheServerKnowWhatItsTargetsNeed(folder: String) async throws {
        let server = try await Manifest(of: SourceTree.root).dependencies
        let other = try await Manifest(of: SourceTree.root.appending(path: folder)).dependencies
        let shared = server.keys.filter { other[$0] != nil }
        #expect(shared.contains("SIPWire"))
        for target in shared.sorted() {
            #expect(other[target] == server[target], "\(folder)/Package.swift, target \(target)")
        }
    }
}
