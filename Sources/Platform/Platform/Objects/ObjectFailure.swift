/// Why a file cannot be stored, read or deleted. What it says is for the operator and never holds a secret.
package enum ObjectFailure: Error, Sendable, Equatable {
    /// There is no such file.
    case missing(String)
    /// The file is not what was stored, or another key sealed it.
    case damaged(String)
    /// The name leads out of the store.
    case badName(String)
    /// There are more bytes than are taken.
    case tooLarge
    /// The store did not answer, or said that it cannot now; another attempt may succeed.
    case unavailable(String)
    /// The store refuses, and will again until the operator changes something.
    case refused(String)
}
