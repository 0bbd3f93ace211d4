import Glibc
import NIOPosix
import Platform

/// A file that is open for as long as somebody holds it.
final class OpenFile: Sendable {
    private let descriptor: Int32
    private let path: String

    /// Opens a file to read it.
    init(reading path: String) async throws {
        self.path = path
        descriptor = try await Disk.run { try Self.open(path, O_RDONLY) }
    }

    /// Makes a file, readable by its owner only, that was not there.
    init(making path: String) async throws {
        self.path = path
        descriptor = try await Disk.run { try Self.open(path, O_WRONLY | O_CREAT | O_EXCL) }
    }

    deinit { close(descriptor) }

    /// At most `count` bytes; none at the end.
    func read(_ count: Int, at offset: Int64) async throws -> [UInt8] {
        try await Disk.run { [self] in
            var failure: Int32 = 0
            let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
                let result = unsafe pread(descriptor, buffer.baseAddress, count, Int(offset))
                if result < 0 { failure = errno }
                filled = max(result, 0)
            }
            if failure != 0 { throw Disk.failure(path, failure) }
            return bytes
        }
    }

    /// Writes all of it at the end.
    func append(_ bytes: [UInt8]) async throws {
        try await Disk.run { [self] in
            var written = 0
            while written < bytes.count {
                let result = unsafe bytes.withUnsafeBytes { buffer in
                    unsafe write(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
                }
                if result < 0, errno != EINTR { throw Disk.failure(path, errno) }
                written += max(result, 0)
            }
        }
    }

    /// Returns when no power failure can take away what was written.
    func sync() async throws {
        try await Disk.run { [self] in if fsync(descriptor) != 0 { throw Disk.failure(path, errno) } }
    }

    private static func open(_ path: String, _ flags: Int32) throws(ObjectFailure) -> Int32 {
        let descriptor = unsafe Glibc.open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Disk.failure(path, errno) }
        return descriptor
    }
}
