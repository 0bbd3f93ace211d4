import Database
import Primitives

/// Signs out: here, or everywhere.
package struct EndSessions: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// Ends one session.
    ///
    /// - Throws: `DatabaseError`.
    package func one(_ session: Session) async throws {
        let now = context.clock.now()
        try await context.database.write(isolation: .readCommitted) { tx in
            try SessionTable.revoke(session.id, at: now, in: tx)
            tx.notify(Channel.access)
        }
    }

    /// Ends every session of the person, this one too.
    ///
    /// - Throws: `DatabaseError`.
    package func everywhere(_ session: Session) async throws {
        let now = context.clock.now()
        try await context.database.write(isolation: .readCommitted) { tx in
            try SessionTable.revokeAll(of: session.user.id, at: now, in: tx)
            tx.notify(Channel.access)
        }
    }
}
