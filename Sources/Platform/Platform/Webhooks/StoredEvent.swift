package import Primitives

/// An event as it was written down, and as it is sent.
package struct StoredEvent: Sendable, Equatable {
    /// Its id.
    package let id: Identifier
    /// Its kind.
    package let kind: String
    /// The body: a JSON document.
    package let body: String
}
