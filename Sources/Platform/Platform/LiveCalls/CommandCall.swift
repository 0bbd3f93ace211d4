import Database
package import Primitives

/// Does something to a live call beside its flow: the node that has the call is told.
package struct CommandCall: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Tells the call's node.
    ///
    /// - Throws: `PlatformError` `calls.not_found`, `calls.not_live` or `workspace.suspended`; `DatabaseError`.
    package func callAsFunction(
        workspaceID: Identifier,
        reference: String,
        command: CallCommand
    ) async throws -> Call {
        try await context.database.write { tx in
            _ = try WorkspaceTable.requireActive(workspaceID, in: tx)
            let found = try GetCall.require(reference, of: workspaceID, in: tx)
            return try tell(found, command, in: tx)
        }
    }

    /// Tells the node of a call of the caller's transaction.
    func tell(_ found: Call, _ command: CallCommand, in tx: SQLTransaction) throws -> Call {
        guard let call = try CallTable.lock(found.id, in: tx), let nodeID = call.nodeID, call.status == .answered else {
            throw PlatformError(.callNotLive, "This call is \(found.status.rawValue): nobody hears what is done to it.")
        }
        try RecordAudit(context)(
            .callCommanded,
            of: call.id,
            after: ["command": .string(command.name)],
            workspaceID: call.workspaceID,
            in: tx
        )
        try VoiceCommandTable.insert(
            .command,
            callID: call.id,
            nodeID: nodeID,
            id: context.ids.next(),
            command: command,
            at: context.clock.now(),
            in: tx
        )
        return call
    }
}
