/// Work for whichever connection is free first.
struct PostgresJob: Sendable {
    /// Does it and tells whoever waits for it; on the connection's own queue.
    let run: @Sendable (PostgresConnection) -> Void
    /// Tells whoever waits for it that it will not be done.
    let refuse: @Sendable (DatabaseError) -> Void
}
