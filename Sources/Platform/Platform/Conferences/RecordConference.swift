import Database
package import Primitives

/// Stores what becomes of a conference while it lasts.
package struct RecordConference: Sendable {
    private let context: PlatformContext

    /// Makes the use case.
    package init(_ context: PlatformContext) {
        self.context = context
    }

    /// It has begun: those who waited hear each other.
    ///
    /// - Throws: `DatabaseError`.
    package func started(_ id: Identifier) async throws {
        try await context.database.write(isolation: .readCommitted) { tx in
            guard let conference = try ConferenceTable.find(id, in: tx) else { return }
            let context = try context.onClock(of: conference.workspaceID, in: tx)
            try ConferenceTable.start(id, at: context.clock.now(), in: tx)
        }
    }

    /// A participant hears or says something else from now on.
    ///
    /// - Throws: `DatabaseError`.
    package func changed(_ callID: Identifier, to state: ConferenceParticipant.State) async throws {
        try await context.database.write(isolation: .readCommitted) { tx in
            try ConferenceTable.change(callID, to: state, in: tx)
        }
    }
}
