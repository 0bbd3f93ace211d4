import Database
import Ledger
package import Primitives

/// Gives a number back: it works no more, and the days after today are paid back.
package struct ReleaseNumber: Sendable {
    /// What was given back.
    package struct Released: Sendable {
        /// The number, released.
        package let number: VoiceNumber
        /// What was paid back; nothing when the month was not paid, or has no day left.
        package let refund: RentalCharge
    }

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    static let notAssigned = PlatformError(.numberNotAssigned, "This number was released before.")

    /// Releases a number; calls that are under way go on.
    ///
    /// - Throws: `PlatformError` `numbers.not_found`, `numbers.not_assigned` or `workspace.suspended`; `DatabaseError`.
    package func callAsFunction(_ reference: String, workspaceID: Identifier) async throws -> Released {
        let now = context.clock.now()
        return try await context.database.write(isolation: .readCommitted) { tx in
            let workspace = try WorkspaceTable.holdActive(workspaceID, in: tx)
            let found = try NumberReference.require(reference, of: workspaceID, in: tx)
            guard let number = try NumberTable.lock(found.id, in: tx), number.status != .released else {
                throw Self.notAssigned
            }
            return try giveBack(number, of: workspace, at: now, in: tx)
        }
    }

    /// Lets a number go, and puts it back where it can be claimed.
    func giveBack(
        _ number: VoiceNumber,
        of workspace: Workspace,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws -> Released {
        let released = try letGo(number, of: workspace, by: .release, at: now, in: tx)
        // The next owner must not share the id that this one's calls and webhooks name.
        _ = try NumberTable.insert(
            number.e164,
            country: number.country,
            id: context.ids.next(),
            reservedFor: workspace.isTest ? workspace : nil,
            at: now,
            in: tx
        )
        return released
    }

    /// Ends what the workspace had with the number, and pays back the rest of the month.
    func letGo(
        _ number: VoiceNumber,
        of workspace: Workspace,
        by event: NumberStateMachine.Event,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws -> Released {
        let paidUntil = number.paidUntil ?? now
        let rest = RentalCharge.afterToday(
            now,
            paidUntil: paidUntil,
            claimedAt: number.claimedAt,
            try context.prices.history(in: tx),
            context.settings
        )
        let refund = try payBack(rest, of: number, to: workspace, at: now, in: tx)
        let released = try NumberTable.apply(event, to: number, at: now, in: tx)
        try SIPCredentialTable.revokeAll(of: number.id, at: now, in: tx)
        try NumberEvents(context).released(released, workspaceID: workspace.id, at: now, in: tx)
        try RecordAudit(context)(
            .numberReleased,
            of: number.id,
            before: number.auditView,
            after: released.auditView,
            workspaceID: workspace.id,
            in: tx
        )
        return Released(number: released, refund: refund)
    }

    /// Pays back, as the reversal of the month's rental, what is left of it; returns what that is.
    private func payBack(
        _ rest: RentalCharge,
        of number: VoiceNumber,
        to workspace: Workspace,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws -> RentalCharge {
        guard rest.totalMinor > 0 else { return rest }
        let key = RentalCharge.key(of: number.id, paidUntil: rest.paidUntil)
        // A month that cost nothing is not in the ledger.
        guard let paid = try LedgerEntries.find(key: key, in: tx) else { return rest.free }
        // From here on nobody else reverses it, and what they did is seen.
        try context.ledger.lock(paid.sides.map(\.account), in: tx)
        guard let left = ChargeReversal(of: paid, reversed: try LedgerEntries.reversed(paid.id, in: tx))
        else { return rest.free }
        let refund = rest.limited(to: left)
        guard refund.totalMinor > 0 else { return refund }
        let accounts = WalletAccounts(workspaceID: workspace.id, currency: workspace.currency)
        let entry = EntryDraft(
            key: "rental-back:\(number.id)",
            kind: .reversal,
            description: "Rental of \(number.e164) paid back, \(refund.days) of \(refund.daysInMonth) days",
            referenceID: paid.id,
            postings: refund.postings(accounts, isRefund: true)
        )
        _ = try context.ledger.post(entry, at: now, in: tx)
        return refund
    }
}
