/// Why the sandbox cannot do what it is asked.
package enum SandboxError: Error, CustomStringConvertible {
    /// The greeting could not be made.
    case speech(String)
    /// The carrier is not open yet.
    case notStarted

    /// What to do about it.
    package var description: String {
        switch self {
        case .speech(let reason): "The sandbox cannot speak: \(reason)"
        case .notStarted: "The sandbox's carrier is not open yet; try again in a moment."
        }
    }
}
