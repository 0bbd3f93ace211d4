package import Foundation
import Glibc

/// A folder that is removed with everything in it when the value is let go, or when the process ends.
package final class TemporaryFolder: Sendable {
    /// Where it is.
    package let url: URL

    /// Makes a fresh folder.
    ///
    /// - Throws: when the system's temporary folder cannot be written.
    package init(_ name: String = "test") throws {
        url = FileManager.default.temporaryDirectory.appending(path: "sautikit-\(name)-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        let isFirst = Self.living.withLock { living in
            defer { living.insert(url) }
            return living.isEmpty
        }
        if isFirst { atexit { TemporaryFolder.removeAll() } }
    }

    deinit {
        Self.living.withLock { _ = $0.remove(url) }
        Self.remove(url)
    }

    private static let living = Locked<Set<URL>>([])

    private static func removeAll() {
        for url in living.withLock({ $0 }) { remove(url) }
    }

    private static func remove(_ url: URL) {
        // A folder that cannot be removed harms no test.
        _ = try? FileManager.default.removeItem(at: url)
    }

    /// The path of a file in it.
    package func path(_ name: String) -> String {
        url.appending(path: name).path
    }
}
