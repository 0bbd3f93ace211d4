import Database
import Primitives

/// Finds out whose session a cookie is. On the path of every request of the console, so answers are believed for a short
/// while; a change on this node, or one heard of from another, is noticed at once.
package final class AuthenticateSession: Sendable {
    private let context: PlatformContext
    private let cache: SecretCache<StoredSession>

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
        cache = SecretCache(context)
    }

    /// The session of a cookie.
    ///
    /// - Throws: `PlatformError` `auth.session_invalid`; `DatabaseError`.
    package func callAsFunction(_ secret: String) async throws -> Session {
        guard (16...256).contains(secret.utf8.count) else { throw StoredSession.invalid }
        let now = context.clock.now()
        let found = try await cache.value(of: secret, at: now) { try SessionTable.find(hash: $0, in: $1) }
        guard let found else { throw StoredSession.invalid }
        return try found.value.session(at: now)
    }
}
