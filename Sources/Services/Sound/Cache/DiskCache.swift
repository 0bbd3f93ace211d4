import Foundation
import Logging
import NIOPosix

/// Sounds in a folder that several nodes may share: written whole or not at all, and removed when they take too much room,
/// the least recently heard first. Whatever fails here only makes a sound again.
actor DiskCache {
    private let folder: String
    private let maxBytes: Int64
    private let logger: Logger
    /// What was written since the folder was last gone through; at first nobody knows.
    private var unsweptBytes: Int64?

    init(folder: String, maxBytes: Int64, logger: Logger) {
        self.folder = folder
        self.maxBytes = maxBytes
        self.logger = logger
    }

    /// The file's contents, which then count as used; nil when there is none.
    func read(_ name: String) async -> [UInt8]? {
        let path = path(of: name)
        return await offLoop { Self.load(path) } ?? nil
    }

    /// Stores a file, and makes room when it is time.
    func write(_ bytes: [UInt8], as name: String) async {
        let path = path(of: name)
        let failure = await offLoop { () -> String? in
            do {
                try Self.store(bytes, at: path)
                return nil
            } catch {
                return String(describing: error)
            }
        }
        if let failure = failure ?? nil { logger.error("a sound cannot be kept", metadata: ["error": "\(failure)"]) }
        let unswept = (unsweptBytes ?? maxBytes) + Int64(bytes.count)
        unsweptBytes = unswept
        guard unswept > maxBytes / 10 else { return }
        unsweptBytes = 0
        let (folder, maxBytes) = (folder, maxBytes)
        _ = await offLoop { Self.sweep(folder, to: maxBytes) }
    }

    /// Names are digests in hexadecimal with an ending; the first two characters are a folder.
    private func path(of name: String) -> String { "\(folder)/\(name.prefix(2))/\(name)" }

    private func offLoop<T: Sendable>(_ work: @escaping @Sendable () -> T) async -> T? {
        // Fails only when the process is ending and its threads are gone.
        try? await NIOThreadPool.singleton.runIfActive { work() }
    }

    private static func load(_ path: String) -> [UInt8]? {
        guard let data = try? Data(contentsOf: URL(filePath: path)) else { return nil }
        // One that is removed meanwhile, or is another's, cannot be marked and need not be.
        try? FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: path)
        return [UInt8](data)
    }

    private static func store(_ bytes: [UInt8], at path: String) throws {
        let url = URL(filePath: path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        // Into a file of another name first, which then takes this one's place.
        try Data(bytes).write(to: url, options: .atomic)
    }

    /// Removes the oldest files until nine tenths of the room are used. Others may do so at the same time.
    private static func sweep(_ folder: String, to maxBytes: Int64) {
        let keys: Set<URLResourceKey> = [.fileSizeKey, .contentModificationDateKey, .isRegularFileKey]
        guard
            let walker = FileManager.default.enumerator(
                at: URL(filePath: folder),
                includingPropertiesForKeys: Array(keys)
            )
        else { return }
        var files: [(url: URL, size: Int64, usedAt: Date)] = []
        for case let url as URL in walker {
            guard let values = try? url.resourceValues(forKeys: keys), values.isRegularFile == true else { continue }
            files.append((url, Int64(values.fileSize ?? 0), values.contentModificationDate ?? .distantPast))
        }
        var total = files.reduce(0) { $0 + $1.size }
        guard total > maxBytes else { return }
        for file in files.sorted(by: { $0.usedAt < $1.usedAt }) where total > maxBytes / 10 * 9 {
            // Gone already is what was wanted.
            try? FileManager.default.removeItem(at: file.url)
            total -= file.size
        }
    }
}
