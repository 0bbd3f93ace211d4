import Glibc
import NIOPosix
import Platform

/// Work that may wait for the disk, on threads that may.
package enum Disk {
    /// Runs it there, and returns what it gives.
    ///
    /// - Throws: what it throws.
    package static func run<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await NIOThreadPool.singleton.runIfActive(work)
    }

    static func failure(_ path: String, _ code: Int32) -> ObjectFailure {
        code == ENOENT || code == ENOTDIR
            ? .missing(path) : .unavailable("\(path): \(unsafe String(cString: strerror(code)))")
    }

    /// Makes a change to a folder's entries outlast a power failure.
    static func syncFolder(_ path: String) throws {
        let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path, errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(path, errno) }
    }
}
