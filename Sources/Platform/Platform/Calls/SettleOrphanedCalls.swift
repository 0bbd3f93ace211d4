import Database
import Logging
import Primitives

/// Closes calls that nobody runs any more: those of dead nodes, billed up to the node's last heartbeat, those never taken,
/// and those that were neither answered nor ended in any possible time.
package struct SettleOrphanedCalls: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Settles what it finds, at most 500 of each, each call in a transaction of its own, and returns how many.
    ///
    /// No node is taken for dead unless somebody has looked within the node timeout: after a time when the database was
    /// away, or the whole machine stood still, every node gets the chance to be heard before the next look.
    ///
    /// - Throws: `DatabaseError` when calls cannot be looked for.
    package func callAsFunction() async throws -> Int {
        let now = context.clock.now()
        let settings = context.settings
        let last = try await context.database.write { try NodeWatchTable.look(at: now, in: $0) }
        let isWatching = last.map { now - $0 <= settings.nodeTimeout } ?? false
        let silentSince = now - settings.nodeTimeout
        let (orphans, abandoned) = try await context.database.read { tx in
            (
                isWatching ? try CallTable.orphans(heartbeatBefore: silentSince, in: tx) : [],
                try CallTable.abandoned(
                    acceptedBefore: now - settings.dialTimeout,
                    unansweredBefore: now - settings.unansweredTimeout,
                    in: tx
                )
            )
        }
        var count = 0
        for id in orphans {
            count += await settle(id) { try ending(ofOrphan: $0, heartbeatBefore: silentSince, in: $1) }
        }
        for id in abandoned {
            count += await settle(id) { call, _ in
                call.answeredAt == nil ? CallEnding(cause: .normalTemporaryFailure, endedAt: now) : nil
            }
        }
        return count
    }

    /// Settles one call, if it is still to be ended; a call that cannot be settled does not keep the others waiting.
    private func settle(
        _ id: Identifier,
        as ending: @escaping @Sendable (Call, SQLTransaction) throws -> CallEnding?
    ) async -> Int {
        do {
            return try await context.database.write { tx in
                guard let call = try CallTable.lock(id, in: tx), !call.status.isTerminal,
                    let ending = try ending(call, tx)
                else { return 0 }
                try VoiceCommandTable.removeAll(of: id, in: tx)
                _ = try SettleCall(context).settle(call, ending, in: tx)
                return 1
            }
        } catch {
            context.logger.error("a call could not be closed", metadata: ["call_id": "\(id)", "error": "\(error)"])
            return 0
        }
    }

    /// The node's last word is read again: it may have been heard of meanwhile.
    private func ending(
        ofOrphan call: Call,
        heartbeatBefore silentSince: Timestamp,
        in tx: SQLTransaction
    ) throws -> CallEnding? {
        guard let nodeID = call.nodeID, let heard = try NodeTable.heartbeat(of: nodeID, in: tx), heard < silentSince
        else { return nil }
        return CallEnding(cause: .networkOutOfOrder, endedAt: heard)
    }
}
