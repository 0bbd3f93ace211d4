import Database
package import Primitives

/// Asks for a call to end. Asking again, or for a call that has ended, is fine.
package struct RequestHangup: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Ends a call that no node has taken yet, or tells its node to.
    ///
    /// - Throws: `PlatformError` `calls.not_found`; `DatabaseError`.
    package func callAsFunction(workspaceID: Identifier, reference: String) async throws -> Call {
        let now = context.clock.now()
        return try await context.database.write { tx in
            let found = try GetCall.require(reference, of: workspaceID, in: tx)
            guard let call = try CallTable.lock(found.id, in: tx), !call.status.isTerminal else { return found }
            try RecordAudit(context)(
                .callHungUp,
                of: call.id,
                before: ["status": .string(call.status.rawValue)],
                workspaceID: workspaceID,
                in: tx
            )
            if call.nodeID == nil {
                try VoiceCommandTable.removeAll(of: call.id, in: tx)
                let ending = CallEnding(cause: .originatorCancel, endedAt: context.serverClock.now())
                return try SettleCall(context).settle(call, ending, in: tx)
            }
            try VoiceCommandTable.insert(
                .hangup,
                callID: call.id,
                nodeID: call.nodeID,
                id: context.ids.next(),
                at: now,
                in: tx
            )
            return call
        }
    }
}
