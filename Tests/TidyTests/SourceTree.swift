import Foundation

/// The Swift files of the repository: sources, tests, benchmarks and fuzzers, without build folders.
enum SourceTree {
    /// The repository's root, found from this file's own place in it.
    static let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Every Swift file, sorted by path.
    static let files: [SourceFile] = ["Sources", "Tests", "Benchmarks", "Fuzz"].flatMap(swiftFiles(below:))
        .sorted { $0.path < $1.path }

    /// The Swift files below `Sources/`.
    static let sources: [SourceFile] = files.filter { $0.room != nil }

    private static func swiftFiles(below folder: String) -> [SourceFile] {
        let start = root.appending(path: folder)
        guard let walker = FileManager.default.enumerator(at: start, includingPropertiesForKeys: nil) else { return [] }
        return walker.compactMap { $0 as? URL }.filter(isSource).compactMap(read)
    }

    private static func isSource(_ file: URL) -> Bool {
        file.pathExtension == "swift" && !file.pathComponents.contains { $0.hasPrefix(".build") }
    }

    private static func read(_ file: URL) -> SourceFile? {
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
        let path = file.standardizedFileURL.path.dropFirst(root.standardizedFileURL.path.count).drop { $0 == "/" }
        return SourceFile(path: String(path), lines: text.components(separatedBy: "\n"))
    }
}
