import Database
import Ledger
package import Primitives

/// Closes a call once: status, duration, cost, ledger, events, all in one transaction.
package struct SettleCall: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Settles a call; one that has ended already stays as it is.
    ///
    /// - Parameters:
    ///   - steps: what has not been stored of its progress.
    ///   - answeredAt: when the node saw the answer, for a call whose answer could not be stored at the time.
    /// - Throws: `PlatformError` `calls.not_found`; `DatabaseError`.
    @discardableResult
    package func callAsFunction(
        callID: Identifier,
        ending: CallEnding,
        steps: [RecordProgress.Step] = [],
        answeredAt: Timestamp? = nil
    ) async throws -> Call {
        try await context.database.write(isolation: .readCommitted) { tx in
            guard var call = try CallTable.lock(callID, in: tx) else {
                throw PlatformError(.callNotFound, "There is no call \(callID).")
            }
            try RecordProgress(context).record(steps, of: &call, in: tx)
            if let answeredAt, call.answeredAt == nil, let status = CallStateMachine.next(call.status, .answered) {
                let moment = answeredAt + call.clockOffset
                call.status = status
                call.answeredAt = moment
                try CallEvents(context.moved(by: call.clockOffset)).emit(.answered, of: call, at: moment, in: tx)
            }
            return try settle(call, ending, in: tx)
        }
    }

    /// Settles a call that the caller's transaction has locked.
    func settle(_ locked: Call, _ ending: CallEnding, in tx: SQLTransaction) throws -> Call {
        guard let status = CallStateMachine.next(locked.status, .ended(ending.cause)) else { return locked }
        var call = locked
        let context = context.moved(by: call.clockOffset)
        call.status = status
        call.endedAt = max(ending.endedAt + call.clockOffset, call.answeredAt ?? call.createdAt)
        call.hangupCause = ending.cause
        call.updatedAt = context.clock.now()
        if let answeredAt = call.answeredAt, let endedAt = call.endedAt {
            call.durationSeconds = ((endedAt - answeredAt).wholeMilliseconds + 500) / 1000
            call.costMinor = Rating.cost(seconds: call.durationSeconds, ratePerMinuteMinor: call.ratePerMinuteMinor)
            // The BYE takes its time, and a node may be away: neither makes a call cost more than was agreed on.
            if let most = call.mostMinor { call.costMinor = min(call.costMinor, most) }
        }
        try CallTable.update(call, in: tx)
        try ConferenceTable.leave(call.id, at: call.endedAt ?? call.updatedAt, in: tx)
        try SettleCall(context).giveBack(call, in: tx)
        try CallHold(context).release(call, at: call.endedAt ?? call.updatedAt, in: tx)
        try SettleCall(context).charge(call, in: tx)
        try CallEvents(context).emit(
            status == .completed ? .completed : .failed,
            of: call,
            at: call.endedAt ?? call.updatedAt,
            in: tx
        )
        return call
    }

    /// What the day's limits were to leave for the call, and it did not need.
    private func giveBack(_ call: Call, in tx: SQLTransaction) throws {
        guard let most = call.mostMinor, most > call.costMinor else { return }
        let day = CommitSpend.day(of: call.createdAt, context.settings)
        for subject in [call.workspaceID, call.placedBy].compactMap(\.self) {
            try LimitTables.giveBack(most - call.costMinor, to: subject, on: day, in: tx)
        }
    }

    private func charge(_ call: Call, in tx: SQLTransaction) throws {
        guard call.costMinor > 0 else { return }
        let accounts = WalletAccounts(workspaceID: call.workspaceID, currency: call.currency)
        let entry = EntryDraft(
            key: "call:\(call.id)",
            kind: .callCharge,
            description: "Call to \(call.to), \(call.durationSeconds) s",
            referenceID: call.id,
            postings: [
                .init(.debit, call.costMinor, accounts[.wallet]), .init(.credit, call.costMinor, accounts[.revenue]),
            ]
        )
        _ = try context.ledger.post(entry, at: call.endedAt ?? call.updatedAt, in: tx)
    }
}
