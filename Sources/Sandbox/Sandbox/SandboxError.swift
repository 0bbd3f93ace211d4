/// Why the sandbox cannot start.
package enum SandboxError: Error, CustomStringConvertible {
    /// The greeting could not be made.
    case speech(String)

    /// What to do about it.
    package var description: String {
        switch self {
        case .speech(let reason): "The sandbox cannot speak: \(reason)"
        }
    }
}
