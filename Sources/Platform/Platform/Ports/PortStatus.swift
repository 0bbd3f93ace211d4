/// Where a request to port numbers is in its life.
package enum PortStatus: String, Sendable, CaseIterable {
    /// Its owner is gathering documents.
    case draft
    /// The operator looks at it.
    case submitted
    /// The operator sent it back with a reason; it can be submitted again.
    case rejected
    /// Both carriers agree; the numbers are `porting`.
    case accepted
    /// The numbers have moved.
    case completed
    /// Given up.
    case cancelled

    /// Whether nothing can follow.
    package var isFinal: Bool { self == .completed || self == .cancelled }
}
