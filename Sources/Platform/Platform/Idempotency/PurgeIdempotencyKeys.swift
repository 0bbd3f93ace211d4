import Database
import Primitives

/// Forgets keys that are older than their lifetime.
package struct PurgeIdempotencyKeys: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Removes old keys and returns how many.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction() async throws -> Int {
        let moment = context.clock.now() - context.settings.idempotencyLifetime
        return try await context.database.write { try IdempotencyTable.purge(before: moment, in: $0) }
    }
}
