package import Primitives

/// How a call ended, as the voice node saw it.
package struct CallEnding: Sendable, Equatable {
    /// Why.
    package let cause: HangupCause
    /// The moment of the BYE, final response or loss: billing ends here.
    package let endedAt: Timestamp
    /// The final response's status, when there was one.
    package let sipStatus: Int?

    /// Makes an ending.
    package init(cause: HangupCause, endedAt: Timestamp, sipStatus: Int? = nil) {
        self.cause = cause
        self.endedAt = endedAt
        self.sipStatus = sipStatus
    }
}
