import Foundation
import Glibc
import Platform

/// The file that holds the key under which all stored secrets are encrypted; whoever loses it loses those secrets.
package struct MasterKeyFile: Sendable {
    /// The key's size.
    package static let byteCount = 32

    private let path: String

    /// Names the file.
    package init(path: String) {
        self.path = path
    }

    /// Reads the key, or makes the file, readable by its owner only, when it is not there.
    ///
    /// - Throws: `StorageFault` when it cannot be read or made, or holds something else.
    package func readOrMake() throws(StorageFault) -> [UInt8] {
        if let key = try readIfThere() { return key }
        var random = SystemRandomNumberGenerator()
        let key = (0..<Self.byteCount).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        // Complete under another name first: two processes that start together must end up with one key.
        let draft = "\(path).\(UUID().uuidString)"
        try write(key, to: draft)
        let result = unsafe link(draft, path)
        let code = errno
        unsafe unlink(draft)
        if result == 0 { return key }
        guard code == EEXIST, let other = try readIfThere() else { throw StorageFault(path: path, errno: code) }
        return other
    }

    /// The file's permission bits; nil when it is not there.
    package var permissions: Int? {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.posixPermissions] as? Int
    }

    /// The key; nil when there is no such file.
    ///
    /// - Throws: `StorageFault` when it cannot be read, or holds something else.
    package func readIfThere() throws(StorageFault) -> [UInt8]? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw StorageFault(path: path, message: "cannot be read; does it belong to another user?")
        }
        guard let key = [UInt8](hexString: text.trimmingCharacters(in: .whitespacesAndNewlines)),
            key.count == Self.byteCount
        else {
            throw StorageFault(path: path, message: "does not hold 64 hexadecimal digits; restore it from a backup")
        }
        return key
    }

    private func write(_ key: [UInt8], to path: String) throws(StorageFault) {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else { throw StorageFault(path: path, errno: errno) }
        defer { close(descriptor) }
        let text = [UInt8]((key.hexString + "\n").utf8)
        guard unsafe text.withUnsafeBytes({ unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }) == text.count,
            fsync(descriptor) == 0
        else { throw StorageFault(path: path, errno: errno) }
    }
}
