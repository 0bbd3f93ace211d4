import Crypto
import Database
import Foundation
import Primitives
import Synchronization

/// Finds out who a bearer secret belongs to. On the path of every request, so answers are believed for a short while;
/// a revocation on this node, or one heard of from another, is noticed at once.
package final class AuthenticateKey: Sendable {
    private struct Cached {
        let key: StoredKey
        let until: Timestamp
    }

    /// More different keys than this within the lifetime empties the cache: bounded memory, and no bookkeeping.
    private static let cacheLimit = 10_000

    private let context: PlatformContext
    private let cache = Mutex<[SHA256Digest: Cached]>([:])

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// The key's principal.
    ///
    /// - Parameter secret: what came after `Bearer `; any prefix spelling is looked up as it is.
    /// - Throws: `PlatformError` `api_key.invalid`, `.revoked` or `.expired`; `DatabaseError`.
    package func callAsFunction(_ secret: String) async throws -> Principal {
        guard (16...1024).contains(secret.utf8.count) else { throw Self.unknown }
        let hash = SHA256.hash(data: Data(secret.utf8))
        let now = context.clock.now()
        if let cached = cache.withLock({ $0[hash] }), cached.until > now { return try cached.key.principal(at: now) }
        let bytes = [UInt8](hash)
        guard let key = try await context.database.read({ try KeyTable.find(hash: bytes, in: $0) }) else {
            throw Self.unknown
        }
        remember(key, hash: hash, until: now + context.settings.keyCacheLifetime)
        return try key.principal(at: now)
    }

    /// Forgets all answers whenever a key or workspace changes, until the database closes or the task is cancelled.
    package func watchForChanges() async {
        for await _ in context.database.notifications(Channel.keys) { forgetAll() }
    }

    /// Forgets all answers.
    package func forgetAll() {
        cache.withLock { $0 = [:] }
    }

    private static let unknown = PlatformError(
        .keyInvalid,
        "The API key is not known. Send 'Authorization: Bearer tsk_live_…' with a key of this server."
    )

    private func remember(_ key: StoredKey, hash: SHA256Digest, until: Timestamp) {
        cache.withLock { cache in
            if cache.count >= Self.cacheLimit { cache = [:] }
            cache[hash] = Cached(key: key, until: until)
        }
    }
}
