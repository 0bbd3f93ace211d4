import Platform
import Primitives

/// How a dial ended.
struct DialResult: Sendable, Equatable {
    enum Status: String, Sendable {
        case completed, busy, failed, canceled
        case noAnswer = "no-answer"
    }

    let status: Status
    /// The call of the side that answered, or of the last that was tried; nil when nobody could be called.
    let callID: Identifier?
    /// How long the two were connected.
    let duration: Duration
}
