import Glibc
import NIOPosix
import Platform

/// The folder that all nodes keep recordings in.
struct RecordingFolder: RecordingStore {
    let path: String

    /// Deletes the files, and returns when no power failure can bring them back.
    func remove(_ names: [String]) async throws {
        try await NIOThreadPool.singleton.runIfActive { for name in names { try remove(name) } }
    }

    private func remove(_ name: String) throws(StorageFault) {
        let file = "\(path)/\(name)"
        if unsafe unlink(file) != 0 {
            // Gone already, or its folder is.
            guard errno == ENOENT else { throw StorageFault(path: file, errno: errno) }
            return
        }
        try sync(String(file[..<(file.lastIndex(of: "/") ?? file.startIndex)]))
    }

    private func sync(_ folder: String) throws(StorageFault) {
        let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY)
        guard descriptor >= 0 else { throw StorageFault(path: folder, errno: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw StorageFault(path: folder, errno: errno) }
    }
}
