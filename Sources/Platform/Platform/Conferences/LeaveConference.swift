import Database
import Primitives

/// Stores that a call has left the conference it was in, which is over when it was the last.
package struct LeaveConference: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Nothing changes when the call is in none.
    ///
    /// - Throws: `DatabaseError`.
    package func callAsFunction(_ call: Call) async throws {
        try await context.database.write(isolation: .readCommitted) { tx in
            try ConferenceTable.leave(call.id, at: context.clock.now() + call.clockOffset, in: tx)
        }
    }
}
