import Primitives

/// What is known of a leg before its transaction begins.
struct NewLeg {
    let id: Identifier
    let sessionID: String
    let ringTimeout: Duration
    /// The longest that the dial allows; nil when it says nothing.
    let longestSeconds: Int64?
    let now: Timestamp

    init(id: Identifier, sessionID: String, ringTimeout: Duration, longestSeconds: Int64?, at now: Timestamp) {
        (self.id, self.sessionID, self.ringTimeout) = (id, sessionID, ringTimeout)
        (self.longestSeconds, self.now) = (longestSeconds, now)
    }

    /// The leg as a call, which is its parent's in all that belongs to the workspace.
    ///
    /// - Parameters:
    ///   - shown: what the callee sees.
    ///   - ratePerMinuteMinor: what a minute costs, in minor units.
    func call(
        of parent: Call,
        _ workspace: Workspace,
        to: String,
        shown: String,
        _ ratePerMinuteMinor: Int64
    ) -> Call {
        Call(
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
            ratePerMinuteMinor: ratePerMinuteMinor,
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
    }

    /// The shorter of the dial's own limit and another.
    func limited(_ seconds: Int64?) -> Int64? { [longestSeconds, seconds].compactMap(\.self).min() }
}
