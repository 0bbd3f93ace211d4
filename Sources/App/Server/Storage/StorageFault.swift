import Glibc

/// A file or folder that cannot be used.
package struct StorageFault: Error, Sendable, CustomStringConvertible {
    /// Which one.
    package let path: String
    /// What is wrong with it.
    package let message: String

    init(path: String, message: String) {
        self.path = path
        self.message = message
    }

    init(path: String, errno code: Int32) {
        self.init(path: path, message: unsafe String(cString: strerror(code)))
    }

    /// For the operator's terminal.
    package var description: String { "\(path): \(message)" }
}
