package import Primitives

/// A webhook that is due: an event on its way to one URL.
package struct Delivery: Sendable {
    /// Its id, the same over all attempts.
    package let id: Identifier
    /// The event.
    package let eventID: Identifier
    /// The event's kind.
    package let kind: String
    /// Where it goes.
    package let url: String
    /// What is sent.
    package let body: String
    /// Whose secrets sign it.
    package let target: WebhookTarget
    /// Sign it: one, or two while a new secret takes over from an old one, the new one first.
    package let secrets: [String]
    /// 1 for the first.
    package let attempt: Int
    /// How far the workspace's clock is ahead of the server's.
    package let clockOffset: Duration
}
