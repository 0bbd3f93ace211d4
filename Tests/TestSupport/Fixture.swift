import Foundation

/// Files of `Tests/Fixtures`: data that tests read as it is.
package enum Fixture {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures")

    /// A file's bytes.
    ///
    /// - Throws: Foundation's error when there is no such file.
    package static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: path)))
    }

    /// The names of a folder's files of a kind, without the kind, sorted.
    ///
    /// - Throws: Foundation's error when there is no such folder.
    package static func names(in path: String, kind: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(at: folder.appending(path: path), includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == kind }.map { $0.deletingPathExtension().lastPathComponent }.sorted()
    }
}
