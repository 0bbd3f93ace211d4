package import Primitives

/// A delivery as its workspace sees it in the log.
package struct DeliveryRecord: Sendable, Equatable {
    /// Its id.
    package let id: Identifier
    /// The event.
    package let eventID: Identifier
    /// The event's kind.
    package let kind: String
    /// The subscription; nil for a number's own URL.
    package let subscriptionID: Identifier?
    /// Where it goes.
    package let url: String
    /// What became of it.
    package let state: DeliveryState
    /// Attempts that were begun.
    package let attempts: Int
    /// When it is tried next, while it is pending.
    package let dueAt: Timestamp
}
