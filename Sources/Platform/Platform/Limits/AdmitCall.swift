import Database
import Ledger
import Primitives

/// Decides whether a call may be placed now, in the transaction that places it and while the workspace is held: what it may call,
/// what it may cost, how many there may be, and when it is dialled. What it uses of limits and money is taken at once.
struct AdmitCall {
    private let context: PlatformContext
    private let workspace: Workspace
    private let subjects: CallSubjects

    init(_ context: PlatformContext, _ workspace: Workspace, in tx: SQLTransaction) throws {
        self.context = context
        self.workspace = workspace
        subjects = try CallSubjects(workspace, context, in: tx)
    }

    /// Refuses numbers that are not called.
    func requireDestination(_ e164: String) throws(PlatformError) {
        if let refusal = DestinationRules.refusal(to: e164, subjects.all.map(\.limits)) { throw refusal }
    }

    /// Admits the call, which gets its longest time and its turn.
    ///
    /// - Throws: `PlatformError` `calls.cap_too_low`, `wallet.insufficient_funds`, `calls.too_many_concurrent`,
    ///   `limits.spend_per_day_reached` or `calls.too_many_per_second`; `DatabaseError`.
    func callAsFunction(_ call: inout Call, in tx: SQLTransaction) throws {
        call.longestSeconds = subjects.all.compactMap(\.limits.longestCallSeconds).min()
        try requireCap(of: call)
        try requireFunds(for: call, in: tx)
        try requireRoom(in: tx)
        try CommitSpend(context)(call.mostMinor ?? 0, by: subjects, at: call.createdAt, in: tx)
        // Phones are dialled in the server's time, whatever the workspace's clock shows.
        call.dialAt = try turn(at: call.createdAt - call.clockOffset, in: tx)
        try CallHold(context).place(for: call, in: tx)
    }

    /// A cap that pays for no second would end the call before anybody has spoken.
    private func requireCap(of call: Call) throws {
        guard let cap = call.maxCostMinor,
            let paid = Rating.seconds(for: cap, ratePerMinuteMinor: call.ratePerMinuteMinor), paid < 1
        else { return }
        throw PlatformError(
            .capTooLow,
            "'max_cost_minor' does not pay for a second at \(call.ratePerMinuteMinor) a minute.",
            field: "max_cost_minor"
        )
    }

    private func requireFunds(for call: Call, in tx: SQLTransaction) throws {
        let accounts = WalletAccounts(workspaceID: workspace.id, currency: workspace.currency)
        let balance = try accounts.walletBalance(context.ledger, in: tx)
        guard balance > 0 else {
            throw PlatformError(.insufficientFunds, "The wallet is empty. Top it up and try again.")
        }
        if let cap = call.maxCostMinor, balance < cap {
            throw PlatformError(
                .insufficientFunds,
                "The wallet has less than 'max_cost_minor', which is set aside. Top it up, or lower the cap.",
                field: "max_cost_minor"
            )
        }
    }

    /// Refuses a call more than may be live at once.
    func requireRoom(in tx: SQLTransaction) throws {
        if let limit = subjects.workspace.limits.concurrentCalls,
            try CallTable.hasLiveCalls(limit, of: workspace.id, in: tx)
        {
            throw PlatformError(
                .tooManyCalls,
                "\(limit) calls of this workspace are live already. Wait for one to end."
            )
        }
        if let key = subjects.key, let limit = key.limits.concurrentCalls,
            try CallTable.hasLiveCalls(limit, placedBy: key.id, in: tx)
        {
            throw PlatformError(.tooManyCalls, "\(limit) calls of this key are live already. Wait for one to end.")
        }
    }

    /// The first moment that all paces allow; nil for now.
    private func turn(at now: Timestamp, in tx: SQLTransaction) throws -> Timestamp? {
        var paces: [(id: Identifier, pace: DialPace)] = []
        for subject in subjects.all {
            guard let rate = subject.limits.callsPerSecond else { continue }
            let next = try LimitTables.nextDial(of: subject.id, in: tx)
            paces.append((subject.id, DialPace(next: next, perSecond: rate)))
        }
        let turn = paces.compactMap { $0.pace.turn(at: now) }.max()
        let late = (turn ?? now) - now - context.settings.longestDialQueue
        guard late <= .zero else {
            throw PlatformError(
                .callsTooFast,
                "Calls are placed faster than they may be dialled, and as many wait as may.",
                retryAfter: .seconds((late.wholeMilliseconds + 999) / 1000)
            )
        }
        for (id, pace) in paces {
            var pace = pace
            pace.take(turn ?? now)
            try LimitTables.setNextDial(pace.nextMicroseconds, of: id, in: tx)
        }
        return turn
    }
}
