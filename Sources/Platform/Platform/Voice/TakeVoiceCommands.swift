import Database
package import Primitives

/// Hands commands to a voice node, which owns the calls of its dials from then on.
package struct TakeVoiceCommands: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Takes up to `limit` commands, oldest first.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction(nodeID: Identifier, limit: Int) async throws -> [VoiceCommand] {
        try await withNextDial(nodeID: nodeID, limit: limit).commands
    }

    /// The same, and when the next call that waits for its turn may be dialled; nil when none waits.
    ///
    /// - Throws: `DatabaseError`.
    package func withNextDial(
        nodeID: Identifier,
        limit: Int
    ) async throws -> (commands: [VoiceCommand], nextDialAt: Timestamp?) {
        let now = context.clock.now()
        return try await context.database.write(isolation: .readCommitted) { tx in
            var taken = try VoiceCommandTable.take(for: nodeID, limit: limit, in: tx)
            var next = try DialQueueTable.nextDue(in: tx)
            if let due = next, due <= now, taken.count < limit {
                let dials = try DialQueueTable.take(dueAt: now, limit: limit - taken.count, in: tx)
                taken += dials.map { VoiceCommandTable.Taken(kind: .dial, callID: $0) }
                next = try DialQueueTable.nextDue(in: tx)
            }
            let commands = try taken.compactMap { taken -> VoiceCommand? in
                guard var call = try CallTable.lock(taken.callID, in: tx), !call.status.isTerminal else { return nil }
                if taken.kind == .dial {
                    call.nodeID = nodeID
                    call.updatedAt = now
                    try CallTable.update(call, in: tx)
                }
                return VoiceCommand(kind: taken.kind, call: call, actions: taken.actions, command: taken.command)
            }
            return (commands, next)
        }
    }
}
