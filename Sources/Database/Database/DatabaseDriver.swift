/// One of the two engines.
protocol DatabaseDriver: Sendable {
    var dialect: Dialect { get }

    /// Runs a closure that cannot write.
    func read<T: Sendable>(
        _ snapshot: Snapshot,
        _ body: @escaping @Sendable (SQLTransaction) throws -> T
    ) async throws -> T

    /// Runs a closure in a transaction, commits, and returns its result with the channels to wake.
    func write<T: Sendable>(
        isolation: Isolation,
        _ body: @escaping @Sendable (SQLTransaction) throws -> T
    ) async throws -> (T, Set<String>)

    /// Runs migrations under a lock that keeps other nodes out.
    func migrate(_ body: @escaping @Sendable (SQLTransaction) throws -> Void) async throws

    func close() async
}
