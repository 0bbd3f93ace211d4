package import Primitives

/// The clock of a test workspace, which can be moved forward: what happens meanwhile happens as it would.
package struct TestClock: Sendable, Equatable {
    /// What it shows.
    package let now: Timestamp
    /// By how much it is ahead of the server's.
    package let offset: Duration
    /// Where it is on its way to; nil when it is there.
    package let target: Timestamp?
}
