import Crypto
import Database
import Foundation
import Logging
import Primitives
import Synchronization

/// Finds out who a bearer secret belongs to. On the path of every request, so answers are believed for a short while;
/// a revocation on this node, or one heard of from another, is noticed at once.
package final class AuthenticateKey: Sendable {
    private struct Cached {
        let key: StoredKey
        let until: Timestamp
    }

    private struct State {
        var cache: [SHA256Digest: Cached] = [:]
        /// Counts the times everything was forgotten: an answer read before is not believed after.
        var generation = 0
        /// Last uses that are not stored yet.
        var uses: [Identifier: Timestamp] = [:]
    }

    /// More different keys than this within the lifetime empties the cache: bounded memory, and no bookkeeping.
    private static let cacheLimit = 10_000

    private let context: PlatformContext
    private let state = Mutex(State())

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
        let hash = SHA256.hash(data: Array(secret.utf8))
        let now = context.clock.now()
        let (cached, generation) = state.withLock { ($0.cache[hash], $0.generation) }
        if let cached, cached.until > now { return try cached.key.principal(at: now) }
        let bytes = [UInt8](hash)
        guard let key = try await context.database.read({ try KeyTable.find(hash: bytes, in: $0) }) else {
            throw Self.unknown
        }
        remember(key, hash: hash, at: now, generation: generation)
        return try key.principal(at: now)
    }

    /// Forgets all answers whenever a key or workspace changes, and stores the last uses of keys from time to time, until
    /// the database closes or the task is cancelled.
    package func watchForChanges() async {
        await withTaskGroup { group in
            group.addTask { [self] in
                for await _ in context.database.notifications(Channel.keys) { forgetAll() }
            }
            group.addTask { [self] in await storeUsesFromTimeToTime() }
            await group.next()
            group.cancelAll()
        }
    }

    /// Forgets all answers.
    package func forgetAll() {
        state.withLock { state in
            state.cache = [:]
            state.generation += 1
        }
    }

    /// Stores when keys were last used, as far as it is not stored yet. Precise to the cache's lifetime.
    ///
    /// - Throws: `DatabaseError`; then the uses are kept for the next time.
    package func storeUses() async throws {
        let uses = state.withLock { state in
            defer { state.uses = [:] }
            return state.uses
        }
        if uses.isEmpty { return }
        do {
            try await context.database.write(isolation: .readCommitted) { tx in
                // In one order, so that two nodes that store the same keys do not wait for each other.
                for (id, moment) in uses.sorted(by: { $0.key < $1.key }) {
                    try KeyTable.touch(id, usedAt: moment, in: tx)
                }
            }
        } catch {
            state.withLock { state in state.uses.merge(uses) { max($0, $1) } }
            throw error
        }
    }

    private static let unknown = PlatformError(
        .keyInvalid,
        "The API key is not known. Send 'Authorization: Bearer tsk_live_…' with a key of this server."
    )

    private func remember(_ key: StoredKey, hash: SHA256Digest, at now: Timestamp, generation: Int) {
        state.withLock { state in
            guard state.generation == generation else { return }
            if state.cache.count >= Self.cacheLimit { state.cache = [:] }
            state.cache[hash] = Cached(key: key, until: now + context.settings.keyCacheLifetime)
            if key.revokedAt == nil, state.uses.count < Self.cacheLimit { state.uses[key.principal.keyID] = now }
        }
    }

    private func storeUsesFromTimeToTime() async {
        while !Task.isCancelled {
            do { try await Task.sleep(for: context.settings.keyUseInterval) } catch { return }
            do {
                try await storeUses()
            } catch {
                context.logger.warning("the last uses of keys wait", metadata: ["error": "\(error)"])
            }
        }
    }
}
