import Database
package import Primitives

/// Replaces what a live call does, whatever that is: the node that has the call is told.
package struct SteerCall: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Lets a call do these actions from now on. An inbound call may still ring: it is answered if they need it.
    ///
    /// - Parameter field: where in the request the actions were, for the paths of faults.
    /// - Throws: `PlatformError` `calls.not_found`, `calls.not_live`, `calls.sip_not_allowed` or `workspace.suspended`;
    ///   `DatabaseError`.
    package func callAsFunction(
        workspaceID: Identifier,
        reference: String,
        actions: [VoiceAction],
        field: String = "actions"
    ) async throws -> Call {
        if let fault = PlatformError(context.settings.sipDestinations.faults(actions, field: field)) { throw fault }
        let now = context.clock.now()
        return try await context.database.write { tx in
            _ = try WorkspaceTable.requireActive(workspaceID, in: tx)
            let found = try GetCall.require(reference, of: workspaceID, in: tx)
            guard let call = try CallTable.lock(found.id, in: tx), let nodeID = call.nodeID, call.canBeSteered else {
                throw PlatformError(.callNotLive, "This call is \(found.status.rawValue): it cannot be steered now.")
            }
            try RecordAudit(context)(
                .callSteered,
                of: call.id,
                after: ["verbs": .array(actions.map { .string($0.verb) })],
                workspaceID: workspaceID,
                in: tx
            )
            try VoiceCommandTable.insert(
                .steer,
                callID: call.id,
                nodeID: nodeID,
                id: context.ids.next(),
                actions: actions,
                at: now,
                in: tx
            )
            return call
        }
    }
}

extension Call {
    /// Whether somebody hears what it does, or could.
    fileprivate var canBeSteered: Bool {
        status == .answered || direction == .inbound && !status.isTerminal
    }
}
