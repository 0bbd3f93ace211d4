import Database
import Ledger
import Primitives

/// Places a call that another one dials: a leg of its own, with its own price and its own end. What may be dialled is decided
/// as for every call.
package struct DialLeg: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Places a leg to a number; the node that has the parent dials it.
    ///
    /// - Parameters:
    ///   - callerID: a number of the workspace to show instead of the parent's own.
    ///   - longest: the longest that the two may be connected; nil leaves it to the workspace's limits.
    /// - Throws: `PlatformError` as of `PlaceCall`; `DatabaseError`.
    package func callAsFunction(
        from parent: Call,
        to text: String,
        callerID: String?,
        ringTimeout: Duration,
        longest: Duration?
    ) async throws -> Call {
        let context = context.moved(by: parent.clockOffset)
        let now = context.clock.now()
        let id = context.ids.next()
        let sessionID = "HD_" + context.ids.secret(byteCount: 6).hexString
        let to = try PhoneNumber(parsing: text, field: "number").e164
        let rate = try await Rates(context).rate(for: to, at: now)
        return try await context.database.write(isolation: .readCommitted) { tx in
            let workspace = try WorkspaceTable.holdActive(parent.workspaceID, in: tx)
            let admit = try AdmitCall(context, workspace, in: tx)
            try admit.requireDestination(to)
            let shown = try caller(callerID, of: parent, workspace, in: tx)
            var leg = Call(
                id: id,
                workspaceID: workspace.id,
                sessionID: sessionID,
                from: parent.local,
                to: to,
                callerID: shown,
                numberID: parent.numberID,
                status: .initiated,
                clientRequestID: parent.clientRequestID,
                voiceCallbackURL: nil,
                record: false,
                actions: [],
                ringTimeout: ringTimeout,
                ratePerMinuteMinor: try Rates.perMinuteMinor(rate, to: to),
                currency: workspace.currency,
                placedBy: parent.placedBy,
                createdAt: now,
                durationSeconds: 0,
                costMinor: 0,
                nodeID: parent.nodeID,
                updatedAt: now,
                clockOffset: parent.clockOffset,
                parentID: parent.id
            )
            try admit(&leg, in: tx)
            // Whoever waits on the line is not put into a queue.
            leg.dialAt = nil
            if let longest { leg.longestSeconds = min(leg.longestSeconds ?? .max, longest.components.seconds) }
            try CallTable.insert(leg, in: tx)
            try CallEvents(context).emit(.started, of: leg, at: now, in: tx)
            return leg
        }
    }

    /// What the callee is shown: one of the workspace's numbers.
    private func caller(
        _ wanted: String?,
        of parent: Call,
        _ workspace: Workspace,
        in tx: SQLTransaction
    ) throws -> String {
        guard let wanted else { return parent.local }
        let e164 = try PhoneNumber(parsing: wanted, field: "callerId").e164
        guard let number = try NumberTable.find(e164: e164, for: workspace, in: tx),
            number.workspaceID == workspace.id, number.isInService
        else {
            throw PlatformError(
                .numberNotOwned,
                "\(e164) is not a number of this workspace that is in service, so it cannot be shown.",
                field: "callerId"
            )
        }
        return e164
    }
}
