/// The source of wall time, injected wherever a moment is stored or compared, so that a test can move a month at once.
package protocol WallClock: Sendable {
    /// The present moment.
    func now() -> Timestamp
}
