import Database
import Ledger
import Primitives

/// Charges the month that begins, for every number whose paid month has ended; stops numbers that cannot be paid, and gives them
/// back after the days of grace (seed: "What happens if I do not renew a number?").
package struct RenewRentals: Sendable {
    /// What was done.
    package struct Report: Sendable, Equatable {
        /// Months charged.
        package var renewed = 0
        /// Numbers found unpaid for the first time.
        package var unpaid = 0
        /// Numbers given back.
        package var released = 0

        /// Nothing.
        package init() {}

        fileprivate mutating func add(_ other: Report) {
            renewed += other.renewed
            unpaid += other.unpaid
            released += other.released
        }
    }

    /// Numbers in one transaction: enough that a statement is shared by many, few enough that nobody waits long.
    private static let batch = 250

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Looks at everything that is due.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction() async throws -> Report {
        var report = Report()
        var place: NumberTable.RenewalPlace?
        while !Task.isCancelled {
            let now = context.serverClock.now()
            let due = try await context.database.read(snapshot: .perStatement) { [place] tx in
                try NumberTable.toRenew(dueBefore: now, after: place, limit: Self.batch, in: tx)
            }
            // What became due again meanwhile, as missed months do, is before this place: then from the beginning.
            guard let last = due.last else {
                if place == nil { break }
                place = nil
                continue
            }
            let done = try await context.database.write(isolation: .readCommitted) { tx in
                try renew(due, at: now, in: tx)
            }
            report.add(done)
            place = last
        }
        return report
    }

    private func renew(_ due: [NumberTable.RenewalPlace], at now: Timestamp, in tx: SQLTransaction) throws -> Report {
        var report = Report()
        let prices = try context.prices.history(in: tx)
        let workspaces = try WorkspaceTable.takeTurns(Set(due.map(\.workspaceID)), in: tx)
        let balances = try balances(of: workspaces, in: tx)
        // What is posted together has one time.
        var batches: [Duration: RenewalBatch] = [:]
        for renewal in try NumberTable.lockToRenew(due.map(\.id), dueBefore: now, in: tx) {
            // What was given back, or never paid for, has no next month.
            guard let paidUntil = renewal.number.paidUntil, renewal.number.status != .released,
                let owner = renewal.number.workspaceID, let workspace = workspaces[owner]
            else {
                try NumberTable.endRenewals(of: renewal.number.id, in: tx)
                continue
            }
            let charge = RentalCharge.wholeMonth(from: paidUntil, prices, context.settings)
            let offset = workspace.clockOffset
            if batches[offset, default: RenewalBatch(balances: balances)].takes(renewal, charge, of: workspace) {
                report.renewed += 1
            } else if try RenewRentals(context.onClock(of: workspace)).wait(renewal, charge, of: workspace, in: tx) {
                report.released += 1
            } else if renewal.unpaidSince == nil {
                report.unpaid += 1
            }
        }
        for (offset, batch) in batches { try RenewRentals(context.moved(by: offset)).pay(batch, offset, in: tx) }
        return report
    }

    private func balances(
        of workspaces: [Identifier: Workspace],
        in tx: SQLTransaction
    ) throws -> [Identifier: Int64] {
        var balances: [Identifier: Int64] = [:]
        for (currency, owners) in Dictionary(grouping: workspaces.values, by: \.currency) {
            let found = try context.ledger.balances(of: .wallet, currency, workspaceIDs: owners.map(\.id), in: tx)
            balances.merge(found) { first, _ in first }
        }
        return balances
    }

    private func pay(_ batch: RenewalBatch, _ offset: Duration, in tx: SQLTransaction) throws {
        _ = try context.ledger.post(batch.entries, at: context.clock.now(), in: tx)
        for (end, ids) in batch.paid { try NumberTable.setPaid(ids, until: end, renewAt: end - offset, in: tx) }
        for (number, workspace) in batch.toResume {
            let resumed = try NumberTable.apply(.resume, to: number, in: tx)
            try note(.numberResumed, number, resumed, workspace, in: tx)
        }
    }

    /// Stops the number and tells its people; true when the grace was over and it was given back.
    private func wait(
        _ renewal: NumberTable.Renewal,
        _ charge: RentalCharge,
        of workspace: Workspace,
        in tx: SQLTransaction
    ) throws -> Bool {
        let number = renewal.number
        let now = context.clock.now()
        let since = renewal.unpaidSince ?? now
        let graceEnd = since + context.settings.rentalGrace
        // One that another carrier is taking stays until that is decided.
        if now >= graceEnd, number.status != .porting {
            _ = try ReleaseNumber(context).giveBack(number, of: workspace, at: now, in: tx)
            try mail(.numberReleased(number.e164), workspace, in: tx)
            return true
        }
        var isStopped = renewal.isStoppedUnpaid
        if renewal.unpaidSince == nil {
            if number.status == .active {
                let suspended = try NumberTable.apply(.suspend, to: number, in: tx)
                try note(.numberSuspended, number, suspended, workspace, in: tx)
                isStopped = true
            }
            try mail(.rentalUnpaid(number.e164, minor: charge.totalMinor, until: graceEnd), workspace, in: tx)
        } else if now >= graceEnd - .seconds(86_400), number.status != .porting {
            try mail(.rentalLastDay(number.e164, minor: charge.totalMinor, until: graceEnd), workspace, in: tx)
        }
        // A day before the end for the last mail, and then at the end.
        let lastDay = graceEnd - .seconds(86_400)
        let next = now < lastDay ? lastDay : max(graceEnd, now + .seconds(3600))
        try NumberTable.setUnpaid(
            number.id,
            since: since,
            isStopped: isStopped,
            lookAgainAt: next - workspace.clockOffset,
            in: tx
        )
        return false
    }

    private func note(
        _ action: AuditAction,
        _ before: VoiceNumber,
        _ after: VoiceNumber,
        _ workspace: Workspace,
        in tx: SQLTransaction
    ) throws {
        try RecordAudit(context)(
            action,
            of: before.id,
            before: before.auditView,
            after: after.auditView,
            workspaceID: workspace.id,
            in: tx
        )
    }

    private func mail(_ text: MailText, _ workspace: Workspace, in tx: SQLTransaction) throws {
        try MailWorkspace(context)(text, workspace, in: tx)
    }
}
