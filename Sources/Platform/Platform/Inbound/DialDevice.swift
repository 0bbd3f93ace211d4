import Database
import Primitives

/// Rings a device of the workspace as a leg of a call: it costs nothing, and is admitted with the call that it belongs to.
package struct DialDevice: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Writes the leg down; the node that has the parent rings it.
    ///
    /// - Throws: `PlatformError` `workspace.suspended`; `DatabaseError`.
    package func callAsFunction(
        from parent: Call,
        to registration: Registration,
        ringTimeout: Duration,
        longest: Duration?
    ) async throws -> Call {
        let context = context.moved(by: parent.clockOffset)
        let now = context.clock.now()
        let id = context.ids.next()
        let sessionID = "HD_" + context.ids.secret(byteCount: 6).hexString
        return try await context.database.write(isolation: .readCommitted) { tx in
            let workspace = try WorkspaceTable.requireActive(parent.workspaceID, in: tx)
            let most = [workspace.limits(context.settings).longestCallSeconds, longest?.components.seconds]
            let leg = Call(
                id: id,
                workspaceID: workspace.id,
                sessionID: sessionID,
                from: parent.local,
                to: registration.contact,
                callerID: parent.remote,
                numberID: parent.numberID,
                status: .initiated,
                clientRequestID: parent.clientRequestID,
                voiceCallbackURL: nil,
                record: false,
                actions: [],
                ringTimeout: ringTimeout,
                ratePerMinuteMinor: 0,
                currency: workspace.currency,
                placedBy: parent.placedBy,
                createdAt: now,
                durationSeconds: 0,
                costMinor: 0,
                nodeID: parent.nodeID,
                updatedAt: now,
                clockOffset: parent.clockOffset,
                longestSeconds: most.compactMap(\.self).min(),
                parentID: parent.id
            )
            try CallTable.insert(leg, in: tx)
            try CallEvents(context).emit(.started, of: leg, at: now, in: tx)
            return leg
        }
    }
}
