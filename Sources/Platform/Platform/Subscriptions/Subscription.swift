package import Primitives

/// A workspace's wish to be told of events at a URL (facts section 12.1).
package struct Subscription: Sendable, Equatable {
    /// Its id.
    package let id: Identifier
    /// Whose it is.
    package let workspaceID: Identifier
    /// Where events go.
    package let url: String
    /// Which events; not empty.
    package let patterns: [EventPattern]
    /// When it was made.
    package let createdAt: Timestamp
    /// Since when nothing was taken there.
    package let failingSince: Timestamp?
    /// When it was turned off, by its owner or after days of failure.
    package let disabledAt: Timestamp?
}
