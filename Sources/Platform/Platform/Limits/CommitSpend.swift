import Database
import Ledger
import Primitives

/// Counts what is about to be spent against the day's limits. The sum is raised first and looked at then, so that of two that
/// would pass a limit together only one does.
struct CommitSpend {
    private static let dayLength: Int64 = 86_400_000

    private let context: PlatformContext

    init(_ context: PlatformContext) {
        self.context = context
    }

    /// The day of Nairobi that a moment is in, counted from 1970.
    static func day(of moment: Timestamp, _ settings: PlatformSettings) -> Int64 {
        let local = (moment + settings.timeZoneOffset).millisecondsSinceEpoch
        return (local - (local % dayLength + dayLength) % dayLength) / dayLength
    }

    /// Counts an amount for the workspace and, if a key asks, for the key.
    ///
    /// - Throws: `PlatformError` `limits.spend_per_day_reached`; `DatabaseError`.
    func callAsFunction(
        _ amountMinor: Int64,
        by subjects: CallSubjects,
        at now: Timestamp,
        in tx: SQLTransaction
    ) throws {
        guard amountMinor > 0 else { return }
        let day = Self.day(of: now, context.settings)
        for subject in subjects.all {
            let sum = try LimitTables.commit(amountMinor, by: subject.id, on: day, in: tx)
            guard let most = subject.limits.spendPerDayMinor, sum > most else { continue }
            throw PlatformError(
                .spendLimitReached,
                """
                \(subject.name) may spend \(JSONValue.decimal(minor: most).text) a day. With this it would be up to \
                \(JSONValue.decimal(minor: sum).text), live calls counted with what they may cost.
                """,
                retryAfter: untilTomorrow(now)
            )
        }
    }

    private func untilTomorrow(_ now: Timestamp) -> Duration {
        let next = (Self.day(of: now, context.settings) + 1) * Self.dayLength
        let wait = next - (now + context.settings.timeZoneOffset).millisecondsSinceEpoch
        return .seconds((wait + 999) / 1000)
    }
}
