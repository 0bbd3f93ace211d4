import Database
import Primitives

/// Forgets links, sessions and mails that are of no use any more.
package struct PurgeSignIns: Sendable {
    private static let day: Duration = .seconds(86_400)
    private static let month: Duration = .seconds(30 * 86_400)

    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Removes links a day after they were made, sessions a month after their end, and mails a month after they were
    /// closed; returns how many rows.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction() async throws -> Int {
        let now = context.clock.now()
        return try await context.database.write(isolation: .readCommitted) { tx in
            try SignInLinkTable.purge(before: now - Self.day, in: tx)
                + SessionTable.purge(before: now - Self.month, in: tx)
                + MailTable.purge(before: now - Self.month, in: tx)
        }
    }
}
