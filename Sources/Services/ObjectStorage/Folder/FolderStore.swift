import Foundation
import Glibc
package import Platform

/// Files in a folder, which all nodes share.
///
/// A file is written under another name, made to outlast a power failure, and then given its own, so that it is there whole or
/// not at all. What a crash leaves half-written is deleted when the store is next opened, a day later at the earliest.
package struct FolderStore: ObjectStore {
    private static let partsFolder = ".parts"
    private static let longestPut: TimeInterval = 86_400

    private let root: String

    /// Names the folder; folders are made as they are needed.
    package init(path: String) {
        root = path
    }

    /// Stores bytes whole or not at all.
    ///
    /// - Throws: `ObjectFailure`; what reading the bytes throws.
    package func put(_ bytes: ObjectBytes, as name: String) async throws {
        let target = try path(of: name)
        let part = "\(root)/\(Self.partsFolder)/\(UUID().uuidString)"
        try await Disk.run { try makeFolders(above: part) }
        do {
            let file = try await OpenFile(making: part)
            for try await piece in bytes { try await file.append(piece) }
            try await file.sync()
            try await Disk.run {
                try makeFolders(above: target)
                guard unsafe rename(part, target) == 0 else { throw Disk.failure(target, errno) }
                try Disk.syncFolder(parent(of: target))
            }
        } catch {
            // What cannot be deleted now is when the store is next opened.
            _ = unsafe unlink(part)
            throw error
        }
    }

    /// How many bytes a file has; nil when there is none.
    ///
    /// - Throws: `ObjectFailure`.
    package func size(of name: String) async throws -> Int64? {
        let path = try path(of: name)
        return try await Disk.run {
            var facts = stat()
            if unsafe stat(path, &facts) == 0 { return facts.st_mode & S_IFMT == S_IFREG ? Int64(facts.st_size) : nil }
            let failure = Disk.failure(path, errno)
            if case .missing = failure { return nil }
            throw failure
        }
    }

    /// Opens a file, or a part of it.
    ///
    /// - Throws: `ObjectFailure`.
    package func read(_ name: String, _ range: Range<Int64>?) async throws -> ObjectBytes {
        try await FileBytes.read(path(of: name), range)
    }

    /// Deletes a file, and returns when no power failure can bring it back.
    ///
    /// - Throws: `ObjectFailure`.
    package func delete(_ name: String) async throws {
        let path = try path(of: name)
        try await Disk.run {
            if unsafe unlink(path) == 0 { return try Disk.syncFolder(parent(of: path)) }
            let failure = Disk.failure(path, errno)
            if case .missing = failure { return }
            throw failure
        }
    }

    /// Deletes what crashes left half-written.
    ///
    /// - Throws: `ObjectFailure`.
    package func deleteLeftovers() async throws {
        let folder = "\(root)/\(Self.partsFolder)"
        try await Disk.run {
            // No folder, nothing left.
            for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
                var facts = stat()
                let path = "\(folder)/\(name)"
                guard unsafe stat(path, &facts) == 0 else { continue }
                let age = Date.now.timeIntervalSince1970 - Double(facts.st_mtim.tv_sec)
                if age > Self.longestPut, unsafe unlink(path) != 0 { throw Disk.failure(path, errno) }
            }
        }
    }

    private func path(of name: String) throws(ObjectFailure) -> String {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard !parts.contains(where: { ["", ".", ".."].contains($0) }), !name.utf8.contains(0) else {
            throw .badName(name)
        }
        return "\(root)/\(name)"
    }

    private func parent(of path: String) -> String {
        String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    }

    /// New folders are made known to the disk, too, from the outermost on.
    private func makeFolders(above path: String) throws {
        let folder = parent(of: path)
        if unsafe folder.isEmpty || access(folder, F_OK) == 0 { return }
        try makeFolders(above: folder)
        guard unsafe mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw Disk.failure(folder, errno) }
        let outer = parent(of: folder)
        try Disk.syncFolder(outer.isEmpty ? (folder.hasPrefix("/") ? "/" : ".") : outer)
    }
}
