package import Primitives

/// What one attempt brought.
package struct AttemptOutcome: Sendable {
    /// The delivery.
    package let delivery: Delivery
    /// When the attempt began.
    package let startedAt: Timestamp
    /// How long it took.
    package let duration: Duration
    /// The answer's status; nil when there was none.
    package let statusCode: Int?
    /// Why there was no answer, or why it was not even tried.
    package let error: String?
    /// The first bytes of the answer.
    package let excerpt: String?

    /// Makes an outcome.
    package init(
        delivery: Delivery,
        startedAt: Timestamp,
        duration: Duration,
        statusCode: Int? = nil,
        error: String? = nil,
        excerpt: String? = nil
    ) {
        self.delivery = delivery
        self.startedAt = startedAt
        self.duration = duration
        self.statusCode = statusCode
        self.error = error
        self.excerpt = excerpt
    }

    /// Whether the receiver took it: any 2xx.
    package var isSuccess: Bool { statusCode.map { (200..<300).contains($0) } ?? false }
}
