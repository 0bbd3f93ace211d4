import Foundation
import NIOPosix
import Platform

/// Uploaded files in a folder that all nodes share.
package struct UploadFolder: UploadStore {
    private let path: String

    /// Names the folder; it is made when it is needed.
    package init(path: String) {
        self.path = path
    }

    /// Writes the file whole or not at all.
    package func write(_ bytes: [UInt8], as name: String) async throws {
        let url = URL(filePath: "\(path)/\(name)")
        try await NIOThreadPool.singleton.runIfActive {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(bytes).write(to: url, options: .atomic)
        }
    }

    /// All of a file.
    package func read(_ name: String) async throws -> [UInt8] {
        let url = URL(filePath: "\(path)/\(name)")
        return try await NIOThreadPool.singleton.runIfActive { [UInt8](try Data(contentsOf: url)) }
    }

    /// Deletes a file; one that is not there is deleted already.
    package func remove(_ name: String) async throws {
        let url = URL(filePath: "\(path)/\(name)")
        try await NIOThreadPool.singleton.runIfActive {
            do {
                try FileManager.default.removeItem(at: url)
            } catch CocoaError.fileNoSuchFile {
                return
            }
        }
    }
}
