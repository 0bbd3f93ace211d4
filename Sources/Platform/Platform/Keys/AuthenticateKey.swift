import Database
import Logging
package import Primitives
import Synchronization

/// Finds out who a bearer secret belongs to. On the path of every request, so answers are believed for a short while;
/// a revocation on this node, or one heard of from another, is noticed at once.
package final class AuthenticateKey: Sendable {
    /// More unstored uses than this are forgotten.
    private static let useLimit = 10_000

    private let context: PlatformContext
    private let cache: SecretCache<StoredKey>
    /// Last uses that are not stored yet.
    private let uses = Mutex<[Identifier: Timestamp]>([:])

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
        cache = SecretCache(context)
    }

    /// The key's principal.
    ///
    /// - Parameters:
    ///   - secret: what came after `Bearer `; any prefix spelling is looked up as it is.
    ///   - address: from where the key is used; nil when that is not known.
    /// - Throws: `PlatformError` `api_key.invalid`, `.revoked`, `.expired` or `.address_denied`; `DatabaseError`.
    package func callAsFunction(_ secret: String, from address: IPAddress? = nil) async throws -> Principal {
        guard (16...1024).contains(secret.utf8.count) else { throw Self.unknown }
        let now = context.clock.now()
        let found = try await cache.value(of: secret, at: now) { try KeyTable.find(hash: $0, in: $1) }
        guard let (key, isNew) = found else { throw Self.unknown }
        let principal = try key.principal(at: now, from: address)
        if isNew { noteUse(of: principal, at: now) }
        return principal
    }

    /// Stores the last uses of keys from time to time, until the task is cancelled.
    package func storeUsesFromTimeToTime() async {
        while !Task.isCancelled {
            do { try await Task.sleep(for: context.settings.keyUseInterval) } catch { return }
            do {
                try await storeUses()
            } catch {
                context.logger.warning("the last uses of keys wait", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Stores when keys were last used, as far as it is not stored yet. Precise to the cache's lifetime.
    ///
    /// - Throws: `DatabaseError`; then the uses are kept for the next time.
    package func storeUses() async throws {
        let unstored = uses.withLock { uses in
            defer { uses = [:] }
            return uses
        }
        if unstored.isEmpty { return }
        do {
            try await context.database.write(isolation: .readCommitted) { tx in
                // In one order, so that two nodes that store the same keys do not wait for each other.
                for (id, moment) in unstored.sorted(by: { $0.key < $1.key }) {
                    try KeyTable.touch(id, usedAt: moment, in: tx)
                }
            }
        } catch {
            uses.withLock { $0.merge(unstored) { max($0, $1) } }
            throw error
        }
    }

    private static let unknown = PlatformError(
        .keyInvalid,
        "The API key is not known. Send 'Authorization: Bearer tsk_live_…' with a key of this server."
    )

    private func noteUse(of principal: Principal, at now: Timestamp) {
        uses.withLock { uses in
            if uses.count < Self.useLimit { uses[principal.credentialID] = now }
        }
    }
}
