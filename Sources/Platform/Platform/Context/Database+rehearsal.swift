import Database

/// Carries a result out of a transaction that is taken back.
private struct Rehearsed<T: Sendable>: Error {
    let result: T
}

extension Database {
    /// Runs a transaction as `write` does, and takes everything back: what it would have done is told, and nothing is done.
    ///
    /// - Throws: as `write`.
    func rehearse<T: Sendable>(
        isolation: Isolation = .serializable,
        _ body: @escaping @Sendable (SQLTransaction) throws -> T
    ) async throws -> T {
        do {
            return try await write(isolation: isolation) { tx -> T in throw Rehearsed(result: try body(tx)) }
        } catch let rehearsed as Rehearsed<T> {
            return rehearsed.result
        }
    }
}
