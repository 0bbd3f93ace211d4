import Crypto
import Database
import Primitives
import Synchronization

/// Remembers for a short while whom a secret belongs to, so that not every request asks the database. A change of access
/// on this node, or one heard of from another, is noticed at once.
final class SecretCache<Value: Sendable>: Sendable {
    private struct Cached {
        let value: Value
        let until: Timestamp
        let changeCount: Int
    }

    /// More different secrets than this within the lifetime empties the cache: bounded memory, and no bookkeeping.
    private static var limit: Int { 10_000 }

    private let context: PlatformContext
    private let cached = Mutex<[SHA256Digest: Cached]>([:])

    init(_ context: PlatformContext) {
        self.context = context
    }

    /// Whom a secret belongs to, and whether that was asked just now; nil for a secret that nobody has.
    ///
    /// - Parameter find: asks the database by the secret's hash, in one statement.
    func value(
        of secret: String,
        at now: Timestamp,
        find: @escaping @Sendable ([UInt8], SQLTransaction) throws -> Value?
    ) async throws -> (value: Value, isNew: Bool)? {
        let hash = SHA256.hash(data: Array(secret.utf8))
        // Counted before the database is asked: a change in between makes the answer stale at once.
        let changeCount = context.database.changeCount(of: Channel.access)
        if let known = cached.withLock({ $0[hash] }), known.until > now, known.changeCount == changeCount {
            return (known.value, false)
        }
        let bytes = [UInt8](hash)
        guard let value = try await context.database.read(snapshot: .perStatement, { try find(bytes, $0) }) else {
            return nil
        }
        let until = now + context.settings.keyCacheLifetime
        cached.withLock { cached in
            if cached.count >= Self.limit { cached = [:] }
            cached[hash] = Cached(value: value, until: until, changeCount: changeCount)
        }
        return (value, true)
    }
}
