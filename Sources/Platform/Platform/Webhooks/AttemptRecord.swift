package import Primitives

/// One attempt in the log.
package struct AttemptRecord: Sendable, Equatable {
    /// 1 for the first.
    package let attempt: Int
    /// When it began.
    package let startedAt: Timestamp
    /// How long it took, in milliseconds.
    package let durationMilliseconds: Int64
    /// The answer's status, if there was one.
    package let statusCode: Int?
    /// Why there was none.
    package let error: String?
    /// The first bytes of the answer.
    package let excerpt: String?
}
