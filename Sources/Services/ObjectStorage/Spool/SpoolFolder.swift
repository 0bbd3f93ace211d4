import Foundation
import Glibc
import NIOPosix
package import Platform
package import Primitives

/// The folder that this machine's calls are recorded in. A file in it names it for good.
package struct SpoolFolder: RecordingSpool {
    private static let nameFile = "spool.id"

    /// Names the folder.
    package let id: Identifier
    /// Where it is.
    package let path: String

    /// Opens a folder that is there, and names it when it has no name.
    ///
    /// - Throws: `ObjectFailure`; when the name cannot be written.
    package init(path: String, ids: any IdentifierSource) throws {
        self.path = path
        let file = "\(path)/\(Self.nameFile)"
        if !FileManager.default.fileExists(atPath: file) {
            let draft = "\(file).\(UUID().uuidString)"
            try Data(ids.next().uuidString.utf8).write(to: URL(filePath: draft))
            defer { _ = unsafe unlink(draft) }
            // Of two processes that begin together, one names it.
            guard unsafe link(draft, file) == 0 || errno == EEXIST else {
                throw ObjectFailure.unavailable("\(file): \(unsafe String(cString: strerror(errno)))")
            }
        }
        guard let id = Identifier(parsing: try String(contentsOfFile: file, encoding: .utf8)) else {
            throw ObjectFailure.damaged("\(file) names no spool")
        }
        self.id = id
    }

    /// Opens a file.
    ///
    /// - Throws: `ObjectFailure`.
    package func read(_ file: String) async throws -> ObjectBytes {
        do {
            return try await FileBytes.read("\(path)/\(file)")
        } catch ObjectFailure.missing {
            throw ObjectFailure.missing(file)
        }
    }

    /// Deletes files.
    ///
    /// - Throws: `ObjectFailure`.
    package func remove(_ files: [String]) async throws {
        try await Disk.run {
            for file in files where unsafe unlink("\(path)/\(file)") != 0 && errno != ENOENT {
                throw ObjectFailure.unavailable("\(file): \(unsafe String(cString: strerror(errno)))")
            }
        }
    }

    /// Recordings that nobody has written to for a while.
    ///
    /// - Throws: when the folder cannot be read.
    package func quiet(for patience: Duration) async throws -> [SpooledRecording] {
        try await Disk.run {
            let latest = Date.now.addingTimeInterval(-Double(patience.wholeMilliseconds) / 1000)
            let names = try FileManager.default.subpathsOfDirectory(atPath: path)
            return names.compactMap { name in
                guard let found = SpooledRecording(mix: name),
                    // One that is gone meanwhile is nobody's.
                    let facts = try? FileManager.default.attributesOfItem(atPath: "\(path)/\(name)"),
                    let written = facts[.modificationDate] as? Date, written <= latest
                else { return nil }
                return found
            }
        }
    }

    /// Writes the sizes that a writer fills in at its end, and says what there is.
    ///
    /// - Throws: `ObjectFailure.damaged` for a mix that does not begin as recordings do; when files cannot be written.
    package func complete(_ mix: String) async throws -> RecordingFacts {
        try await Disk.run {
            let facts = try SpooledWave(path: "\(path)/\(mix)").complete()
            for name in RecordingFileNames.all(ofMix: mix).dropFirst() {
                let file = "\(path)/\(name)"
                if FileManager.default.fileExists(atPath: file) { _ = try SpooledWave(path: file).complete() }
            }
            return facts
        }
    }
}
