import Database
import Primitives

/// Stores what attempts brought, and when the failed ones are tried again.
package struct RecordAttempts: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Records many attempts in one transaction.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction(_ outcomes: [AttemptOutcome]) async throws {
        let now = context.clock.now()
        let draws = outcomes.map { _ in context.ids.secret(byteCount: 8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
        try await context.database.write(isolation: .readCommitted) { tx in
            for (outcome, random) in zip(outcomes, draws) {
                try DeliveryTable.insertAttempt(outcome, in: tx)
                let (state, dueAt) = Self.next(outcome, random: random, at: now)
                try DeliveryTable.setState(state, dueAt: dueAt, after: outcome.delivery, in: tx)
                try noteSubscription(outcome, at: now + outcome.delivery.clockOffset, in: tx)
            }
        }
    }

    /// A subscription that has taken nothing for days is turned off, and the owners are told.
    private func noteSubscription(_ outcome: AttemptOutcome, at now: Timestamp, in tx: SQLTransaction) throws {
        guard case .subscription(let id) = outcome.delivery.target else { return }
        let failingSince = try SubscriptionTable.note(isSuccess: outcome.isSuccess, for: id, at: now, in: tx)
        guard let failingSince, now - failingSince >= context.settings.failingLimit else { return }
        try SubscriptionTable.setDisabled(now, of: id, in: tx)
        for address in try MembershipTable.ownerAddresses(ofSubscription: id, in: tx) {
            try QueueMail(context)(MailText.webhookDisabled(url: outcome.delivery.url), to: address, in: tx)
        }
    }

    private static func next(_ outcome: AttemptOutcome, random: UInt64, at now: Timestamp) -> (DeliveryState, Timestamp)
    {
        if outcome.isSuccess { return (.delivered, now) }
        guard let wait = RetrySchedule.wait(afterAttempt: outcome.delivery.attempt, random: random) else {
            return (.deadLetter, now)
        }
        return (.pending, now + wait)
    }
}
