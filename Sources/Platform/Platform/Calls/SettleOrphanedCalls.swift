import Database
import Primitives

/// Closes calls that nobody runs any more: those of dead nodes, billed up to the node's last heartbeat, and those never taken.
package struct SettleOrphanedCalls: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Settles what it finds, at most 500 of each, and returns how many.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction() async throws -> Int {
        let now = context.clock.now()
        return try await context.database.write { tx in
            let orphans = try CallTable.orphans(heartbeatBefore: now - context.settings.nodeTimeout, in: tx)
            for (id, lastSeen) in orphans {
                try settle(id, CallEnding(cause: .networkOutOfOrder, endedAt: lastSeen), in: tx)
            }
            let abandoned = try CallTable.abandoned(acceptedBefore: now - context.settings.dialTimeout, in: tx)
            for id in abandoned {
                try VoiceCommandTable.removeAll(of: id, in: tx)
                try settle(id, CallEnding(cause: .normalTemporaryFailure, endedAt: now), in: tx)
            }
            return orphans.count + abandoned.count
        }
    }

    private func settle(_ id: Identifier, _ ending: CallEnding, in tx: SQLTransaction) throws {
        guard let call = try CallTable.lock(id, in: tx) else { return }
        _ = try SettleCall(context).settle(call, ending, in: tx)
    }
}
