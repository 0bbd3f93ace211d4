package import Primitives
import Synchronization

/// The requests with an `Idempotency-Key` that are under way on this node, so that a twin is told to come back instead of
/// waiting for the first.
package final class RunningRequests: Sendable {
    private struct Name: Hashable {
        let scopeID: Identifier
        let key: String
    }

    private let running = Mutex<Set<Name>>([])

    /// Nothing is under way.
    package init() {}

    /// Does `work`, unless a request with the same key is under way.
    ///
    /// - Throws: `PlatformError` `idempotency.in_progress`; whatever `work` throws.
    package nonisolated(nonsending) func run<Result>(
        scopeID: Identifier,
        key: String,
        _ work: nonisolated(nonsending) () async throws -> Result
    ) async throws -> Result {
        let name = Name(scopeID: scopeID, key: key)
        guard running.withLock({ $0.insert(name).inserted }) else {
            throw PlatformError(
                .idempotencyInProgress,
                "The first request with this Idempotency-Key is still running. Send it again in a second.",
                field: "Idempotency-Key"
            )
        }
        defer { running.withLock { _ = $0.remove(name) } }
        return try await work()
    }
}
