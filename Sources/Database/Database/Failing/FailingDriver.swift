/// Another driver, some of whose transactions fail.
struct FailingDriver: DatabaseDriver {
    let base: any DatabaseDriver
    /// Says for each transaction that writes whether it fails.
    let failure: @Sendable () -> TransactionFailure?

    var dialect: Dialect { base.dialect }

    func read<T: Sendable>(
        _ snapshot: Snapshot,
        _ body: @escaping @Sendable (SQLTransaction) throws -> T
    ) async throws -> T {
        try await base.read(snapshot, body)
    }

    func write<T: Sendable>(
        isolation: Isolation,
        _ body: @escaping @Sendable (SQLTransaction) throws -> T
    ) async throws -> (T, Set<String>) {
        guard let failure = failure() else { return try await base.write(isolation: isolation, body) }
        switch failure {
        case .beforeStatement(let number):
            return try await base.write(isolation: isolation) { tx in
                try body(tx.wrapped { FailingSession(base: $0, failure: failure, statementsLeft: number) })
            }
        case .afterCommit:
            _ = try await base.write(isolation: isolation, body)
            throw failure
        }
    }

    func migrate(_ body: @escaping @Sendable (SQLTransaction) throws -> Void) async throws {
        try await base.migrate(body)
    }

    func close() async {
        await base.close()
    }
}

extension Database {
    /// The same database for somebody whose process dies as told; closing either closes both.
    ///
    /// - Parameter failure: says for each transaction that writes how it fails, or nil.
    package func failing(_ failure: @escaping @Sendable () -> TransactionFailure?) -> Database {
        Database(driver: FailingDriver(base: driver, failure: failure), hub: hub)
    }
}
