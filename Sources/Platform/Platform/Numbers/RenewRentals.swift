import Database
import Logging
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
    }

    private static let workspaces = 200
    private static let numbers = 500

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Looks at everything that is due, a workspace at a time.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction() async throws -> Report {
        var report = Report()
        while !Task.isCancelled {
            let now = context.clock.now()
            let due = try await context.database.read(snapshot: .perStatement) { tx in
                try NumberTable.workspacesToRenew(dueBefore: now, limit: Self.workspaces, in: tx)
            }
            if due.isEmpty { break }
            for id in due {
                let done = try await context.database.write(isolation: .readCommitted) { tx in
                    try renew(of: id, at: now, in: tx)
                }
                report.renewed += done.renewed
                report.unpaid += done.unpaid
                report.released += done.released
            }
        }
        return report
    }

    private func renew(of workspaceID: Identifier, at now: Timestamp, in tx: SQLTransaction) throws -> Report {
        var report = Report()
        let prices = try context.prices.history(in: tx)
        let workspace = try WorkspaceTable.takeTurn(workspaceID, in: tx)
        for renewal in try NumberTable.toRenew(of: workspaceID, dueBefore: now, limit: Self.numbers, in: tx) {
            // What was given back, or never paid for, has no next month.
            guard let paidUntil = renewal.number.paidUntil, renewal.number.status != .released else {
                try NumberTable.endRenewals(of: renewal.number.id, in: tx)
                continue
            }
            let charge = RentalCharge.wholeMonth(from: paidUntil, prices, context.settings)
            if try charge.tryPost(for: renewal.number, to: workspace, context, at: now, in: tx) {
                try pay(renewal, charge, of: workspace, at: now, in: tx)
                report.renewed += 1
            } else if try wait(renewal, charge, of: workspace, at: now, in: tx) {
                report.released += 1
            } else if renewal.unpaidSince == nil {
                report.unpaid += 1
            }
        }
        return report
    }

    private func pay(
        _ renewal: NumberTable.Renewal,
        _ charge: RentalCharge,
        of workspace: Workspace,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws {
        try NumberTable.setPaid(renewal.number.id, until: charge.paidUntil, in: tx)
        guard renewal.isStoppedUnpaid, renewal.number.status == .suspended else { return }
        let resumed = try NumberTable.apply(.resume, to: renewal.number, in: tx)
        try note(.numberResumed, renewal.number, resumed, workspace, in: tx)
    }

    /// Stops the number and tells its people; true when the grace was over and it was given back.
    private func wait(
        _ renewal: NumberTable.Renewal,
        _ charge: RentalCharge,
        of workspace: Workspace,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws -> Bool {
        let number = renewal.number
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
        try NumberTable.setUnpaid(number.id, since: since, isStopped: isStopped, lookAgainAt: next, in: tx)
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

    /// Nobody is written to for play money.
    private func mail(_ text: MailText, _ workspace: Workspace, in tx: SQLTransaction) throws {
        guard !workspace.isTest else { return }
        let recipient: EmailAddress
        do {
            recipient = try EmailAddress(parsing: workspace.email, field: "email")
        } catch {
            context.logger.warning(
                "a workspace has no address to write to",
                metadata: ["workspace_id": "\(workspace.id)"]
            )
            return
        }
        try QueueMail(context)(text, to: recipient, in: tx)
    }
}
