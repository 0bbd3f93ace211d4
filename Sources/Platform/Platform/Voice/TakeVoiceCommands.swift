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
        let now = context.clock.now()
        return try await context.database.write(isolation: .readCommitted) { tx in
            try VoiceCommandTable.take(for: nodeID, limit: limit, in: tx).compactMap { kind, callID in
                guard var call = try CallTable.lock(callID, in: tx), !call.status.isTerminal else { return nil }
                if kind == .dial {
                    call.nodeID = nodeID
                    call.updatedAt = now
                    try CallTable.update(call, in: tx)
                }
                return VoiceCommand(kind: kind, call: call)
            }
        }
    }
}
