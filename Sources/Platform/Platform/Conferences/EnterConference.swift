import Database
package import Primitives

/// Lets a call into a conference of its workspace, which begins with the first that comes.
package struct EnterConference: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Stores that the call is in, and names the conference.
    ///
    /// A conference of a node that is dead is over, and another begins in its place.
    ///
    /// - Parameter nodeID: the node that has the call, which mixes the conference if it begins now.
    /// - Throws: `PlatformError` `conferences.elsewhere` when another node mixes it; `DatabaseError`.
    package func callAsFunction(
        _ call: Call,
        name: String,
        state: ConferenceParticipant.State,
        nodeID: Identifier
    ) async throws -> Identifier {
        try await context.database.write { tx in
            let now = context.clock.now() + call.clockOffset
            // In one conference at a time: what was before is over for this call.
            try ConferenceTable.leave(call.id, at: now, in: tx)
            let id = try room(name, call, nodeID, at: now, in: tx)
            let stay = ConferenceParticipant(
                id: context.ids.next(),
                callID: call.id,
                number: call.remote,
                state: state,
                joinedAt: now,
                leftAt: nil
            )
            try ConferenceTable.enter(stay, id, in: tx)
            return id
        }
    }

    private func room(
        _ name: String,
        _ call: Call,
        _ nodeID: Identifier,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws -> Identifier {
        let new = context.ids.next()
        func begin() throws -> Bool {
            try ConferenceTable.insert(new, workspaceID: call.workspaceID, name: name, nodeID: nodeID, at: now, in: tx)
        }
        if try begin() { return new }
        guard let live = try ConferenceTable.lock(live: name, of: call.workspaceID, in: tx) else {
            // It ended between the two statements; the transaction is tried again as a whole by whoever called.
            throw PlatformError(.conferenceNotFound, "The conference ended at this moment.")
        }
        if live.nodeID == nodeID { return live.id }
        let heard = try NodeTable.heartbeat(of: live.nodeID, in: tx)
        guard heard.map({ context.clock.now() - $0 > context.settings.nodeTimeout }) ?? true else {
            throw PlatformError(.conferenceElsewhere, "The conference is mixed by another node.")
        }
        try ConferenceTable.end(live.id, at: now, in: tx)
        _ = try begin()
        return new
    }
}
