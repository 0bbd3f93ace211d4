/// A writer waiting for its turn: what it wants to do, and how it is told the outcome.
struct WriteRequest: Sendable {
    /// Runs the closure and keeps its result; throws what the closure throws.
    let run: @Sendable (SQLTransaction) throws -> Void
    /// Called once: with nil after a durable COMMIT, with the error otherwise.
    let finish: @Sendable (_ failure: (any Error)?, _ channels: Set<String>) -> Void
}
