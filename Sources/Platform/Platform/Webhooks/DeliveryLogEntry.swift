/// A line of the delivery log.
package struct DeliveryLogEntry: Sendable, Equatable {
    /// The event's kind.
    package let kind: String
    /// Where it went.
    package let url: String
    /// What became of it.
    package let state: DeliveryState
    /// Attempts so far.
    package let attempts: Int
    /// The last attempt's status, if there was an answer.
    package let lastStatusCode: Int?
    /// The last attempt's error, if there was none.
    package let lastError: String?
}
