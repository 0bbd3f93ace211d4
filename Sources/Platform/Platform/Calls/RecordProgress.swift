import Database
package import Primitives

/// Stores what a voice node saw of a call: timeline entries, ringing, the answer.
package struct RecordProgress: Sendable {
    /// One thing that happened.
    package struct Step: Sendable {
        /// Names it, so that it is on the timeline once however often it is stored.
        package let id: Identifier
        /// What goes on the timeline.
        package let kind: String
        /// What is worth knowing about it.
        package let payload: JSONValue
        /// When it happened.
        package let occurredAt: Timestamp
        /// The change of status it brings, if any.
        package let event: CallEvent?

        /// Makes a step.
        package init(
            _ kind: String,
            _ payload: JSONValue = [:],
            id: Identifier,
            at moment: Timestamp,
            event: CallEvent? = nil
        ) {
            self.id = id
            self.kind = kind
            self.payload = payload
            self.occurredAt = moment
            self.event = event
        }
    }

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Appends the steps in one transaction; `call.answered` is emitted with the answer.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction(callID: Identifier, steps: [Step]) async throws {
        try await context.database.write(isolation: .readCommitted) { tx in
            guard var call = try CallTable.lock(callID, in: tx) else { return }
            try record(steps, of: &call, in: tx)
        }
    }

    /// Appends the steps of a call that the caller's transaction has locked.
    func record(_ steps: [Step], of call: inout Call, in tx: SQLTransaction) throws {
        let context = context.moved(by: call.clockOffset)
        for step in steps {
            let moment = step.occurredAt + call.clockOffset
            try TimelineTable.append(step.kind, step.payload, to: call.id, at: moment, id: step.id, in: tx)
            guard let event = step.event, let status = CallStateMachine.next(call.status, event) else { continue }
            call.status = status
            call.updatedAt = moment
            if status == .answered { call.answeredAt = moment }
            try CallTable.update(call, in: tx)
            if status == .answered { try CallEvents(context).emit(.answered, of: call, at: moment, in: tx) }
        }
    }
}
